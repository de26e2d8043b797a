import { expect, test } from "vitest";
import type { ModelFailure } from "#lib/model/model.ts";
import { retryPolicy } from "./retry-policy.ts";

const policy = retryPolicy(() => 0.5);
const after = (failure: Partial<ModelFailure>, attempt: number) => policy({ reason: "unreachable", detail: "", ...failure }, attempt);

test("waits longer each time, at most 30 s, and gives up after ten tries", () => {
  const waits = Array.from({ length: 10 }, (_, index) => after({}, index + 1));
  expect(waits).toEqual([
    ...[1_500, 2_500, 4_500, 8_500, 16_500, 30_000, 30_000, 30_000, 30_000].map((inMs) => ({ kind: "again", inMs })),
    { kind: "give-up" },
  ]);
});

test("does what the server asks", () => {
  expect(after({ reason: "rate-limited", retryAfterMs: 7_000 }, 1)).toEqual({ kind: "again", inMs: 7_000 });
});

test("asks another server at once, and waits for one where none is left", () => {
  expect(after({ left: "others" }, 5)).toEqual({ kind: "again", inMs: 0 });
  expect(after({ left: "none" }, 5)).toEqual({ kind: "when-back", withinMs: 900_000 });
  expect(after({ reason: "unauthorized", left: "none" }, 1)).toEqual({ kind: "when-back", withinMs: 900_000 });
});

test.each(["refused", "context-overflow", "unauthorized", "unknown-model"] as const)("%s is not tried again", (reason) => {
  expect(after({ reason }, 1)).toEqual({ kind: "give-up" });
});
