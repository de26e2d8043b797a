import { expect, test } from "vitest";
import { blockChain, prefixCache } from "./prefix-cache.ts";

const ids = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, index) => from + index);
const chainOf = (salt: string, ...parts: Uint32Array[]) => {
  const chain = blockChain(salt);
  for (const part of parts) chain.append(part);
  return chain;
};

test("finds full blocks only, and never the whole prompt", () => {
  const cache = prefixCache();
  cache.hold(chainOf("", ids(0, 40)));
  expect(cache.hit(chainOf("", ids(0, 40)))).toBe(32);
  expect(cache.hit(chainOf("", ids(0, 33)))).toBe(32);
  expect(cache.hit(chainOf("", ids(0, 32)))).toBe(16); // the last token is always computed
  expect(cache.hit(chainOf("", ids(0, 15)))).toBe(0);
});

test("what comes after a changed token is not found, however equal", () => {
  const cache = prefixCache();
  cache.hold(chainOf("", ids(0, 100)));
  const changed = ids(0, 100);
  changed[20] = 999;
  expect(cache.hit(chainOf("", changed))).toBe(16);
});

test("it does not matter in which pieces the tokens came", () => {
  const cache = prefixCache();
  cache.hold(chainOf("", ids(0, 7), ids(7, 50)));
  expect(cache.hit(chainOf("", ids(0, 30), ids(30, 60)))).toBe(48);
});

test("a salt has a cache of its own", () => {
  const cache = prefixCache();
  cache.hold(chainOf("one", ids(0, 64)));
  expect(cache.hit(chainOf("two", ids(0, 64)))).toBe(0);
  expect(cache.hit(chainOf("one", ids(0, 64)))).toBe(48);
});

test("with a capacity, the least recently used goes first, and of a chain its end", () => {
  const cache = prefixCache(4);
  cache.hold(chainOf("", ids(0, 48))); // three blocks
  cache.hold(chainOf("", ids(1_000, 1_032))); // two more: one is too many
  expect(cache.size).toBe(4);
  expect(cache.hit(chainOf("", ids(0, 49)))).toBe(32);
  expect(cache.hit(chainOf("", ids(1_000, 1_033)))).toBe(32);
});
