import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepBriefly } from "./keep-briefly.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a value goes when nobody asked for it in its time", () => {
  const kept = keepBriefly<string>({ ms: 60_000, since: "use", most: 9 });
  kept.set("a", "x");
  vi.advanceTimersByTime(59_000);
  expect(kept.get("a")).toBe("x");
  vi.advanceTimersByTime(59_000);
  expect(kept.get("a")).toBe("x");
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(kept.get("a")).toBeUndefined();
});

test("one that counts since it was set goes however often it is asked for", () => {
  const kept = keepBriefly<string>({ ms: 60_000, since: "set", most: 9 });
  kept.set("a", "x");
  vi.advanceTimersByTime(59_000);
  expect(kept.get("a")).toBe("x");
  vi.advanceTimersByTime(1_000);
  expect(kept.get("a")).toBeUndefined();
});

test("beyond their size the one that was used longest ago goes, and what is too large alone is not kept", () => {
  const kept = keepBriefly<string>({ ms: 60_000, since: "use", most: 4, sizeOf: ({ length }) => length });
  kept.set("a", "11");
  kept.set("b", "22");
  kept.get("a");
  kept.set("c", "33");
  kept.set("d", "55555");
  expect(["a", "b", "c", "d"].map((key) => kept.get(key))).toEqual(["11", undefined, "33", undefined]);
  kept.set("a", "4444");
  expect(["a", "c"].map((key) => kept.get(key))).toEqual(["4444", undefined]);
});
