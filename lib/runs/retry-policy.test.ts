import { expect, test } from "vitest";
import { retryPolicy } from "./retry-policy.ts";

const policy = retryPolicy(() => 0.5);

test("waits longer each time, at most 30 s, and gives up after ten tries", () => {
  const waits = Array.from({ length: 10 }, (_, index) => policy({ reason: "unreachable" }, index + 1));
  expect(waits).toEqual([1_500, 2_500, 4_500, 8_500, 16_500, 30_000, 30_000, 30_000, 30_000, null]);
});

test("does what the server asks", () => {
  expect(policy({ reason: "rate-limited", retryAfterMs: 7_000 }, 1)).toBe(7_000);
});

test.each(["refused", "context-overflow"])("%s is not tried again", (reason) => {
  expect(policy({ reason }, 1)).toBeNull();
});
