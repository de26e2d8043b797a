import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Event as RunEvent } from "#lib/domain/event.ts";
import { openEventStream } from "./event-stream.ts";

/** The browser's EventSource in the hands of a test. */
class Source extends EventTarget {
  static all: Source[] = [];
  onmessage: ((message: MessageEvent) => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close() {
    this.closed = true;
  }
  begin() {
    this.dispatchEvent(new Event("following"));
  }
  send(runId: string, ...seqs: number[]) {
    for (const seq of seqs)
      this.onmessage?.(new MessageEvent("message", { lastEventId: `${runId}:${seq}`, data: JSON.stringify(text(seq)) }));
  }
}
const text = (seq: number, type = "text-appended") => ({ seq, type });
const asked = (source: Source | undefined) => new URL(source?.url ?? "", "http://localhost").searchParams.getAll("run");
const last = () => Source.all.at(-1);
const fetched = vi.fn<(path: string) => Promise<Response>>();

function reader(runId: string, after: number) {
  const got: number[] = [];
  const said: string[] = [];
  const options = {
    runId,
    after: () => got.at(-1) ?? after,
    onEvent: (event: RunEvent) => got.push(event.seq),
    onConnection: (now: string) => said.push(now),
  };
  return { got, said, options };
}

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  fetched.mockReset();
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("addEventListener", () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("who follows together shares one connection, and is given each event once, from its own number on", () => {
  const stream = openEventStream();
  const [one, other, third] = [reader("a", 4), reader("a", 7), reader("b", 0)];
  for (const { options } of [one, other, third]) stream.follow(options);
  vi.advanceTimersByTime(20);
  expect(Source.all).toHaveLength(1);
  expect(asked(last())).toEqual(["a:4", "b:0"]);
  last()?.begin();
  last()?.send("a", 5, 6, 7, 8, 8, 7);
  last()?.send("b", 1);
  expect([one.got, other.got, third.got]).toEqual([[5, 6, 7, 8], [8], [1]]);
});

test("a follower from further back makes a new connection, those who are ahead are given nothing twice, and one that is level makes none", () => {
  const stream = openEventStream();
  const [one, behind, level] = [reader("a", 0), reader("a", 1), reader("a", 3)];
  stream.follow(one.options);
  vi.advanceTimersByTime(20);
  last()?.begin();
  last()?.send("a", 1, 2, 3);
  stream.follow(level.options);
  vi.advanceTimersByTime(20);
  expect(Source.all).toHaveLength(1);
  stream.follow(behind.options);
  vi.advanceTimersByTime(20);
  expect(Source.all[0]?.closed).toBe(true);
  expect(asked(last())).toEqual(["a:1"]);
  last()?.send("a", 2, 3, 4);
  expect([one.got, behind.got, level.got]).toEqual([[1, 2, 3, 4], [2, 3, 4], [4]]);
});

test("a dropped stream is taken up after a pause of its own, from the last event, and a refusal for good is told", async () => {
  const stream = openEventStream(() => 0.5);
  const { options, said, got } = reader("a", 0);
  stream.follow(options);
  vi.advanceTimersByTime(20);
  last()?.begin();
  last()?.send("a", 1, 2);
  last()?.onerror?.();
  expect(said).toEqual(["lost"]);
  fetched.mockResolvedValueOnce(Response.json({ run: {} }));
  await vi.advanceTimersByTimeAsync(499);
  expect(Source.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked(last())).toEqual(["a:2"]);
  last()?.begin();
  last()?.send("a", 3);
  expect([said, got]).toEqual([
    ["lost", "live"],
    [1, 2, 3],
  ]);
  last()?.onerror?.();
  fetched.mockResolvedValueOnce(Response.json({}, { status: 503 })).mockResolvedValueOnce(Response.json({}, { status: 401 }));
  await vi.advanceTimersByTimeAsync(500);
  expect(said.at(-1)).toBe("storage");
  await vi.advanceTimersByTimeAsync(500);
  expect(said.at(-1)).toBe("out");
});

test("a stream that stays mute is replaced by asking for the log, until the run has ended", async () => {
  const stream = openEventStream();
  const { options, said, got } = reader("a", 0);
  stream.follow(options);
  vi.advanceTimersByTime(20);
  fetched.mockResolvedValueOnce(Response.json([text(1), text(2)])).mockResolvedValueOnce(Response.json([text(3, "run-ended")]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(last()?.closed).toBe(true);
  expect(got).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(["/api/runs/a/events?after=0", "/api/runs/a/events?after=2"]);
  expect([got, said]).toEqual([[1, 2, 3], ["ended"]]);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(Source.all).toHaveLength(1);
});

test("nobody who follows, no connection; a run that is gone is told to those who follow it, and the others go on", () => {
  const stream = openEventStream();
  const [one, other] = [reader("a", 0), reader("b", 0)];
  const leave = stream.follow(one.options);
  stream.follow(other.options);
  vi.advanceTimersByTime(20);
  last()?.begin();
  last()?.dispatchEvent(new MessageEvent("gone", { data: JSON.stringify("b") }));
  last()?.send("a", 1);
  expect([one.said, other.said, one.got]).toEqual([[], ["gone"], [1]]);
  leave();
  vi.advanceTimersByTime(20);
  expect(last()?.closed).toBe(true);
  expect(Source.all).toHaveLength(1);
});

test("what arrives before the new connection is made is not given to one that has joined further back: it would be taken for all there was", () => {
  const stream = openEventStream();
  const [one, behind] = [reader("a", 0), reader("a", 1)];
  stream.follow(one.options);
  vi.advanceTimersByTime(20);
  last()?.begin();
  last()?.send("a", 1, 2, 3);
  stream.follow(behind.options);
  last()?.send("a", 4);
  vi.advanceTimersByTime(20);
  expect(asked(last())).toEqual(["a:1"]);
  last()?.send("a", 2, 3, 4, 5);
  expect([one.got, behind.got]).toEqual([
    [1, 2, 3, 4, 5],
    [2, 3, 4, 5],
  ]);
});

test("an answer to a poll that comes after the stream was taken up again is thrown away", async () => {
  const stream = openEventStream();
  const [one, behind] = [reader("a", 3), reader("a", 1)];
  stream.follow(one.options);
  vi.advanceTimersByTime(20);
  const slow = Promise.withResolvers<Response>();
  fetched.mockReturnValueOnce(slow.promise);
  await vi.advanceTimersByTimeAsync(5_000);
  stream.follow(behind.options);
  await vi.advanceTimersByTimeAsync(20);
  slow.resolve(Response.json([text(4)]));
  await vi.advanceTimersByTimeAsync(0);
  last()?.begin();
  last()?.send("a", 2, 3, 4);
  expect([one.got, behind.got]).toEqual([[4], [2, 3, 4]]);
});

test("behind a proxy that holds back, a run that is gone is told, and the others are asked for all the same", async () => {
  const stream = openEventStream();
  const [gone, other] = [reader("a", 0), reader("b", 0)];
  stream.follow(gone.options);
  stream.follow(other.options);
  vi.advanceTimersByTime(20);
  fetched.mockResolvedValueOnce(Response.json({}, { status: 404 })).mockResolvedValueOnce(Response.json([text(1)]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([gone.said, other.said, other.got]).toEqual([["gone"], [], [1]]);
});

test("a run that has nothing after where its reader stands is over, and is not asked for again", async () => {
  const stream = openEventStream();
  const { options, said } = reader("a", 5);
  stream.follow(options);
  vi.advanceTimersByTime(20);
  last()?.begin();
  last()?.dispatchEvent(new MessageEvent("over", { data: JSON.stringify("a") }));
  last()?.onerror?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(["ended"]);
  expect([Source.all.length, fetched.mock.calls.length]).toEqual([1, 0]);
});
