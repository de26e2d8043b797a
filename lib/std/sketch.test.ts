import fc from "fast-check";
import { expect, test } from "vitest";
import { isCopy, likeness, sketchOf } from "./sketch.ts";

const words = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `word${(index * 7919 + from) % 100_003}`).join(" ");
const chinese = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(0x4e00 + ((index * 7919 + from) % 20_000))).join("");
const copied = (one: string, other: string) => isCopy(sketchOf(one), sketchOf(other));

test("a text is a copy of itself, whatever its case, spaces and punctuation", () => {
  const text = words(400);
  expect(copied(text, text.toUpperCase().replaceAll(" ", ",\n "))).toBe(true);
  expect(likeness(sketchOf(text), sketchOf(text))).toEqual({ shared: 1, contained: 1 });
});

test.each([
  ["other surroundings", `${words(150, 50_000)} ${words(600)} ${words(150, 70_000)}`, words(600), true],
  ["the end cut off", words(600), words(420), true],
  ["a paragraph in common", `${words(600)} ${words(80, 50_000)}`, `${words(600, 30_000)} ${words(80, 50_000)}`, false],
  ["nothing in common", words(600), words(600, 50_000), false],
  ["Chinese with other surroundings", `${chinese(150, 9_000)}${chinese(700)}`, chinese(700), true],
  ["Chinese with nothing in common", chinese(700), chinese(700, 9_000), false],
  ["too short to tell", words(20), words(20), false],
])("%s", (_, one, other, expected) => {
  expect(copied(one, other)).toBe(expected);
});

test("a sketch has a bounded size, and estimates what texts share", () => {
  expect(sketchOf(words(50_000)).byteLength).toBe(1_028);
  const { shared, contained } = likeness(sketchOf(words(4_000)), sketchOf(words(2_000)));
  expect(shared).toBeCloseTo(0.5, 0);
  expect(contained).toBeGreaterThan(0.8);
});

test("any two texts are as like each other from either side, and no likeness is out of bounds", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d", "甲", "乙"), { maxLength: 120 }).map((list) => list.join(" "));
  fc.assert(
    fc.property(text, text, (one, other) => {
      const there = likeness(sketchOf(one), sketchOf(other));
      expect(there).toEqual(likeness(sketchOf(other), sketchOf(one)));
      for (const value of Object.values(there)) expect(value >= 0 && value <= 1).toBe(true);
    }),
  );
});

test("what is no sketch is like nothing", () => {
  expect(likeness(new Uint8Array(), sketchOf(words(100)))).toEqual({ shared: 0, contained: 0 });
});
