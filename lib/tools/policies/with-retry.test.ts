import { afterEach, expect, test, vi } from "vitest";
import { answering, bad, good } from "./answering.fixture.ts";
import { withRetry } from "./with-retry.ts";

afterEach(() => void vi.useRealTimers());

const { signal } = new AbortController();

test.each([
  ["what may pass is asked again", [bad("server-error"), bad("unreachable"), good("x")], true, 3],
  ["at most so often", [bad("timed-out")], false, 3],
  ["what will not pass is not", [bad("refused"), good("x")], false, 1],
  ["nor somebody who is not responsible", [null], false, 1],
  ["a wait that is asked for is waited", [bad("rate-limited", { retryAfterMs: 1 }), good("x")], true, 2],
  ["but not a long one: somebody else is asked", [bad("rate-limited", { retryAfterMs: 60_000 }), good("x")], false, 1],
] as const)("%s", async (_, answers, ok, tries) => {
  const provider = answering(...answers);
  const answer = await withRetry(provider, { tries: 3, pauseMs: 1 }).ask("q", signal);
  expect([answer.answer?.ok ?? false, answer.tries, provider.asked.length]).toEqual([ok, tries, tries]);
});

test("each pause is twice the one before, half to one and a half times of it, and an abort ends it", async () => {
  vi.useFakeTimers({ fakeNodeBuiltins: true }); // the pauses are of node:timers/promises
  const stop = new AbortController();
  const provider = answering(bad("server-error"));
  const chances = [0, 0.5, 1, 0];
  const options = { tries: 9, pauseMs: 1_000, patienceMs: 60_000, random: () => chances.shift() ?? 0 };
  const asking = withRetry(provider, options).ask("q", stop.signal);
  asking.catch(() => {}); // told below
  await vi.advanceTimersByTimeAsync(0);
  for (const [index, pauseMs] of [500, 2_000, 6_000].entries()) {
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect(provider.asked).toHaveLength(index + 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(provider.asked).toHaveLength(index + 2);
  }
  stop.abort(new Error("stopped"));
  await expect(asking).rejects.toThrow("stopped");
  expect(provider.asked).toHaveLength(4);
});
