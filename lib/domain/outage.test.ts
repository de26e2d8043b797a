import { expect, test } from "vitest";
import type { Event } from "./event.ts";
import { noOutage, withOutage } from "./outage.ts";

const at = (second: number, event: object): Event =>
  ({ seq: 1, at: new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString(), ...event }) as Event;
const away = (second: number, lane: string) => at(second, { type: "model-failed", lane, step: 1, untilBack: true });
const back = (second: number, lane: string) => at(second, { type: "model-returned", lane, step: 1, back: true, waitedMs: 1 });

test.each<[string, Event[], number]>([
  ["one lane", [away(1, "a"), back(5, "a")], 4_000],
  ["two lanes at the same time", [away(1, "a"), away(2, "b"), back(5, "a"), back(7, "b")], 6_000],
  ["one after the other", [away(1, "a"), back(2, "a"), away(5, "b"), back(7, "b")], 3_000],
  ["a lane that fails again while it waits", [away(1, "a"), away(3, "a"), back(5, "a")], 4_000],
  ["a wait that is not over", [away(1, "a")], 0],
  ["a wait that a restart cut short", [away(1, "a"), at(4, { type: "run-started", attempt: 2 })], 3_000],
  ["a lane that was given up while it waited", [away(1, "a"), at(4, { type: "lane-ended", lane: "a" })], 3_000],
  ["a failure with another server to ask", [at(1, { type: "model-failed", lane: "a", step: 1 }), back(5, "a")], 0],
])("%s", (_, events, milliseconds) => {
  expect(events.reduce(withOutage, noOutage).endedMs).toBe(milliseconds);
});
