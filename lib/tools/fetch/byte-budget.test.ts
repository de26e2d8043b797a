import { expect, test } from "vitest";
import { byteBudget } from "./byte-budget.ts";

const never = new AbortController().signal;
const settled = async (promise: Promise<unknown>) => {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await new Promise(setImmediate);
  return done;
};

test("who does not fit waits until enough was given back, first come first served", async () => {
  const budget = byteBudget(10);
  await budget.take(6, never);
  const large = budget.take(8, never);
  const small = budget.take(2, never); // it would fit, but a large one would wait for ever behind small ones
  expect(await settled(large)).toBe(false);
  expect(await settled(small)).toBe(false);
  budget.give(6);
  expect(await settled(large)).toBe(true);
  expect(await settled(small)).toBe(true);
  expect(await settled(budget.take(1, never))).toBe(false);
});

test("who stops waiting takes nothing and lets the next one pass", async () => {
  const budget = byteBudget(10);
  await budget.take(10, never);
  const stop = new AbortController();
  const left = budget.take(10, stop.signal);
  const next = budget.take(4, never);
  stop.abort(new Error("stopped"));
  await expect(left).rejects.toThrow("stopped");
  budget.give(4);
  expect(await settled(next)).toBe(true);
  await expect(budget.take(1, AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
});
