import { afterEach, expect, test, vi } from "vitest";
import { minutesLeft } from "./budget-clock.ts";
import { steadyClock } from "./steady-clock.ts";

afterEach(() => vi.useRealTimers());

test("a wall clock that is set an hour forward or back takes no minute from a run and gives it none", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-25T10:00:00Z") });
  let monotonic = 5_000;
  const clock = steadyClock(new Date("2026-11-25T12:00:00Z"), () => monotonic);
  const left = () => minutesLeft({ budget: { calls: 10, minutes: 30 }, startedAt: "2026-11-25T11:50:00Z", events: [], clock });
  expect(left()).toBe(20);
  vi.setSystemTime(Date.parse("2026-11-25T11:00:00Z"));
  expect(left()).toBe(20);
  vi.setSystemTime(Date.parse("2026-11-25T09:00:00Z"));
  monotonic += 60_000;
  expect(left()).toBe(19);
  expect(clock().toISOString()).toBe("2026-11-25T12:01:00.000Z");
});
