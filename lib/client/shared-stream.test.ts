import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSharedStream } from "./shared-stream.ts";
import type { FromTab, FromWorker } from "./worker-words.ts";

/** The tab's end of a port to a worker, in the hands of a test. */
class Port {
  static all: Port[] = [];
  onmessage: ((message: { data: FromWorker }) => void) | null = null;
  said: FromTab[] = [];
  closed = false;
  constructor() {
    Port.all.push(this);
  }
  postMessage(words: FromTab) {
    this.said.push(words);
  }
  close() {
    this.closed = true;
  }
  hear(data: FromWorker) {
    if (!this.closed) this.onmessage?.({ data });
  }
}
const sources: { url: string; closed: boolean }[] = [];
const last = () => Port.all.at(-1);
let page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  Port.all = [];
  sources.length = 0;
  page = new EventTarget();
  vi.stubGlobal(
    "SharedWorker",
    class {
      port = new Port();
    },
  );
  vi.stubGlobal(
    "EventSource",
    class extends EventTarget {
      closed = false;
      url: string;
      constructor(url: string) {
        super();
        this.url = url;
        sources.push(this);
      }
      close() {
        this.closed = true;
      }
    },
  );
  // Of the worker's lock nobody hears: it lives.
  const request = (name: string, granted: () => unknown) => void (name.startsWith("dossier-tab") && granted());
  vi.stubGlobal("navigator", { onLine: true, locks: { request } });
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", page);
  vi.stubGlobal("addEventListener", () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function followed(after = 4) {
  const got: number[] = [];
  const stream = openSharedStream();
  stream.follow({ runId: "a", after: () => got.at(-1) ?? after, onEvent: ({ seq }) => got.push(seq), onConnection: () => {} });
  return got;
}
const event = (seq: number) => ({ kind: "event", id: 1, event: { seq, type: "run-resumed", at: "" } }) as const;

test("a worker that says hello is used, and the page makes no stream of its own", async () => {
  const got = followed();
  last()?.hear({ kind: "hello", lock: "worker" });
  last()?.hear(event(5));
  await vi.advanceTimersByTimeAsync(10_000);
  expect([got, sources, Port.all.length]).toEqual([[5], [], 1]);
  expect(last()?.said).toContainEqual({ kind: "follow", id: 1, runId: "a", after: 4 });
});

test("where none says hello the page has its own stream, until one that is late does: then it goes on from the last event", async () => {
  const got = followed();
  await vi.advanceTimersByTimeAsync(3_100);
  expect(sources.map(({ url }) => url)).toEqual(["/api/events?run=a%3A4"]);
  const late = last();
  late?.hear(event(5)); // what it was asked for before is not taken from it: the page has a stream
  expect(got).toEqual([]);
  late?.hear({ kind: "hello", lock: "worker" });
  await vi.advanceTimersByTimeAsync(100);
  expect([late?.closed, late?.said.at(-1), sources[0]?.closed]).toEqual([true, { kind: "leave", id: 1 }, true]);
  expect(last()?.said).toContainEqual({ kind: "follow", id: 1, runId: "a", after: 4 });
  last()?.hear({ kind: "hello", lock: "worker" });
  last()?.hear(event(5));
  expect(got).toEqual([5]);
});

test("a page that was put aside before its worker began waits for the new one, and not for the one it left", async () => {
  followed();
  await vi.advanceTimersByTimeAsync(2_000);
  page.dispatchEvent(new Event("freeze"));
  page.dispatchEvent(new Event("resume"));
  last()?.hear({ kind: "hello", lock: "worker" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect([sources, Port.all.map(({ closed }) => closed)]).toEqual([[], [true, false]]);
});
