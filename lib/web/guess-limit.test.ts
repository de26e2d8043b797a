import { expect, test } from "vitest";
import { openGuessLimit } from "./guess-limit.ts";

test("an address that tried thirty wrong tokens waits for its minute to end", () => {
  let now = 1_000_000;
  const limit = openGuessLimit(() => now);
  for (let n = 0; n < 30; n += 1) {
    expect(limit.waitOf("a")).toBe(0);
    limit.missed("a");
    now += 1_000;
  }
  expect(limit.waitOf("a")).toBe(30);
  expect(limit.waitOf("b")).toBe(0);
  now += 30_000;
  expect(limit.waitOf("a")).toBe(0);
  limit.missed("a");
  expect(limit.waitOf("a")).toBe(0);
});

test("it remembers a bounded number of addresses", () => {
  const limit = openGuessLimit(() => 0);
  for (let n = 0; n < 30; n += 1) limit.missed("first");
  for (let n = 0; n < 10_000; n += 1) limit.missed(`other ${n}`);
  expect(limit.waitOf("first")).toBe(0);
});
