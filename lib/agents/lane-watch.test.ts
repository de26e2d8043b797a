import { afterEach, expect, test } from "vitest";
import type { AgentRun } from "./agent-run.ts";
import type { HeavyRun } from "./heavy-run.ts";
import { type LaneGivenUp, laneWatch } from "./lane-watch.ts";

const stop = new AbortController();
afterEach(() => watched?.stop());
let watched: ReturnType<typeof laneWatch> | undefined;

/** Three lanes under a clock that is moved by hand. `passed`: minutes of the run before it was taken up here. */
function threeLanes({ minutes = 100, stallMs = 60_000, passed = 0 } = {}) {
  let now = 0;
  let wake = () => {};
  const run = {
    minutes,
    minutesLeft: () => minutes - passed - now / 60_000,
    stallMs,
    signal: stop.signal,
    now: () => now,
    wait: () => new Promise<void>((resolve) => (wake = resolve)),
  } as unknown as HeavyRun; // the rest is not the watch's
  const watch = laneWatch(run, ["researcher-1", "researcher-2", "researcher-3"]);
  watched = watch;
  const lane = (number: number) => watch.heard({ lane: `researcher-${number}`, append: async () => {} } as unknown as AgentRun); // the rest is not the watch's
  const endOf = (number: number) => {
    const { aborted, reason } = watch.signalOf(`researcher-${number}`);
    return aborted ? (reason as LaneGivenUp).end : null;
  };
  return {
    watch,
    lane,
    endOf,
    async pass(ms: number) {
      now += ms;
      wake();
      await new Promise(setImmediate);
    },
  };
}
const news = { type: "lane-started", lane: "" } as const;

test("with a majority ended a lane that nothing is heard of is given up, and one that there is news of is not", async () => {
  const { watch, lane, endOf, pass } = threeLanes();
  const [third] = [lane(3), lane(1), lane(2)];
  watch.leave("researcher-1");
  await pass(70_000);
  expect(endOf(3), "one of three is no majority").toBeNull();
  await third.append(news);
  watch.leave("researcher-2");
  await pass(59_000);
  expect(endOf(3)).toBeNull();
  await pass(2_000);
  expect(endOf(3)).toBe("stalled");
});

test("what tells of waiting is no news", async () => {
  const { watch, lane, endOf, pass } = threeLanes();
  const third = lane(3);
  for (const name of ["researcher-1", "researcher-2"]) watch.leave(name);
  await pass(50_000);
  await third.append({ type: "model-silent", lane: "researcher-3", step: 1, silentMs: 50_000, running: null, waiting: null });
  await pass(11_000);
  expect(endOf(3)).toBe("stalled");
});

test("while no model server is there a lane cannot be heard of, and is not given up for it", async () => {
  const { watch, lane, endOf, pass } = threeLanes();
  const third = lane(3);
  for (const name of ["researcher-1", "researcher-2"]) watch.leave(name);
  const place = { lane: "researcher-3", step: 1 };
  await third.append({
    type: "model-failed",
    ...place,
    attempt: 1,
    reason: "unreachable",
    detail: "",
    retryInMs: 900_000,
    untilBack: true,
  });
  await pass(600_000);
  expect(endOf(3)).toBeNull();
  await third.append({ type: "model-returned", ...place, back: true, waitedMs: 600_000 });
  await pass(59_000);
  expect(endOf(3)).toBeNull();
  await pass(2_000);
  expect(endOf(3)).toBe("stalled");
});

test("a lane that waited for another one, to branch off it, counts from where it begins", async () => {
  const { watch, lane, endOf, pass } = threeLanes();
  await pass(600_000);
  for (const name of ["researcher-1", "researcher-3"]) watch.leave(name);
  await pass(1_000);
  expect(endOf(2)).toBeNull();
  lane(2);
  await pass(59_000);
  expect(endOf(2)).toBeNull();
  await pass(2_000);
  expect(endOf(2)).toBe("stalled");
});

test.each([
  ["at 0.85 of the minutes where a majority has ended", 2, 85],
  ["at 0.95 where it has not", 1, 95],
])("lanes are given up for their time %s", async (_, ended, minute) => {
  const { watch, lane, endOf, pass } = threeLanes({ stallMs: 1e9 });
  lane(3);
  for (let number = 1; number <= ended; number++) watch.leave(`researcher-${number}`);
  await pass((minute - 1) * 60_000);
  expect(endOf(3)).toBeNull();
  await pass(61_000);
  expect(endOf(3)).toBe("out-of-time");
});

test("lanes that wait to branch off the only one at work do not keep it from being given up", async () => {
  const { watch, lane, endOf, pass } = threeLanes();
  lane(1);
  lane(3);
  watch.leave("researcher-3");
  await pass(59_000);
  expect(endOf(1)).toBeNull();
  await pass(2_000);
  expect(endOf(1)).toBe("stalled");
  expect(endOf(2)).toBeNull();
});

test("a run that is taken up when its time is over gives its lanes time for the answer that they are told to give", async () => {
  const { lane, endOf, pass } = threeLanes({ passed: 200 });
  for (const number of [1, 2, 3]) lane(number);
  await pass(59_000);
  expect(endOf(1)).toBeNull();
  await pass(2_000);
  expect(endOf(1)).toBe("out-of-time");
});
