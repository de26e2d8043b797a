import { expect, test } from "vitest";
import { deathWatch } from "./death-watch.ts";

const limits = { settledMs: 4_000, freeMs: 400, silentMs: 4_000, gapMs: 2_500 };
const living = (at: number) => ({ id: "w", seenAt: String(at), holdsLock: true });
const gone = { id: "w", seenAt: "0", holdsLock: false };
const frozen = { id: "w", seenAt: "0", holdsLock: true };

/** A watch that has seen living workers for five seconds, in looks half a second apart. */
function settled() {
  const watch = deathWatch(limits);
  for (let at = 0; at <= 5_000; at += 500) expect(watch.look(at, [living(at)])).toEqual([]);
  return watch;
}

test("a lock that is free at two looks in a row is a death", () => {
  const watch = settled();
  expect(watch.look(5_500, [gone])).toEqual([]);
  expect(watch.look(6_000, [gone])).toEqual(["w"]);
});

test("a connection that broke and is back at once is none", () => {
  const watch = settled();
  expect(watch.look(5_500, [gone])).toEqual([]);
  expect(watch.look(6_000, [living(6_000)])).toEqual([]);
  expect(watch.look(6_500, [gone])).toEqual([]);
});

test("a worker that holds its lock and gives no sign is dead after four seconds, not before", () => {
  const watch = settled();
  for (let at = 5_500; at < 9_500; at += 500) expect(watch.look(at, [frozen])).toEqual([]);
  expect(watch.look(9_500, [frozen])).toEqual(["w"]);
});

test("a worker of a version that gives no signs is judged by its lock alone", () => {
  const watch = settled();
  const old = { id: "w", seenAt: null, holdsLock: true };
  for (let at = 5_500; at < 60_000; at += 500) expect(watch.look(at, [old])).toEqual([]);
  watch.look(60_000, [{ ...old, holdsLock: false }]);
  expect(watch.look(60_500, [{ ...old, holdsLock: false }])).toEqual(["w"]);
});

test("whoever comes back first after an outage declares nobody dead before the others had time to come back", () => {
  const watch = settled();
  watch.lost();
  for (let at = 20_000; at < 24_000; at += 500) expect(watch.look(at, [gone])).toEqual([]);
  expect(watch.look(24_000, [gone])).toEqual(["w"]);
});

test("a watcher that was frozen itself has seen nothing meanwhile", () => {
  const watch = settled();
  expect(watch.look(65_000, [frozen])).toEqual([]);
  expect(watch.look(65_500, [gone])).toEqual([]);
  expect(watch.look(66_000, [gone])).toEqual([]);
});

test("a clock of the database that is set back or forward kills nobody: any change is a sign", () => {
  const watch = settled();
  for (const [at, sign] of [
    [5_500, 3_605_500],
    [6_000, 3_606_000],
    [6_500, -3_600_000],
    [7_000, -3_599_500],
  ] as const)
    expect(watch.look(at, [living(sign)])).toEqual([]);
});
