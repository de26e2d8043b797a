import { expect, test } from "vitest";
import { rendezvous } from "./rendezvous.ts";

const places = ["a", "b", "c", "d"];
const first = (key: string, among = places) => rendezvous(key, among, (name) => name)[0];
const keys = Array.from({ length: 1_000 }, (_, index) => `run-${index}:main`);

test("gives every key the same order, whatever order the places are named in", () => {
  for (const key of keys) expect(rendezvous(key, places, (name) => name)).toEqual(rendezvous(key, places.toReversed(), (name) => name));
});

test("spreads keys evenly", () => {
  for (const place of places) expect(Math.abs(keys.filter((key) => first(key) === place).length - 250)).toBeLessThan(60);
});

test("moves only the keys of the place that goes away", () => {
  const left = places.filter((place) => place !== "b");
  for (const key of keys) if (first(key) !== "b") expect(first(key, left)).toBe(first(key));
});
