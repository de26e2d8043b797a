import { expect, test, vi } from "vitest";
import type { Portion } from "#lib/runs/portion.ts";
import { eventResponse, type SpeakingOutlet } from "./event-response.ts";
import { severalRuns } from "./portion-encodings.ts";

vi.mock("server-only", () => ({})); // a mark of Next's for what no browser may be sent

const portion = (runId: string, bytes: number): Portion => ({
  kind: "events",
  lastSeq: 1,
  events: [{ runId, seq: 1, type: "tool-returned", json: JSON.stringify("x".repeat(bytes)) }],
});

/** A reader of a stream that takes nothing from when it has begun, and what fills the stream. */
async function stalled() {
  const opened = Promise.withResolvers<SpeakingOutlet>();
  const left = new AbortController();
  const request = new Request("http://127.0.0.1/api/events", { signal: left.signal });
  const response = eventResponse(request, severalRuns, (outlet) => {
    opened.resolve(outlet);
    return new Promise((over) => outlet.signal.addEventListener("abort", () => over()));
  });
  const reader = response.body?.getReader();
  await reader?.read();
  void reader?.read().catch(() => {}); // the stream asks to be filled, and is taken no more than its first words
  const outlet = await opened.promise;
  outlet.say(": begun\n\n");
  return { outlet, leave: () => left.abort() };
}

test("the largest portion that waits for a reader drops nobody, whichever run it is of; what waits beside it counts", async () => {
  const { outlet, leave } = await stalled();
  outlet.send(portion("a", 1_000_000));
  expect(outlet.waiting()).toBeLessThan(1_000);
  outlet.send(portion("b", 300_000));
  expect(outlet.waiting()).toBeGreaterThan(300_000);
  leave();
});

test("a reader that leaves while stored text waits for it ends what fills its stream, and no later sign of life breaks the process", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const over = vi.fn();
  const response = eventResponse(new Request("http://127.0.0.1/api/events"), severalRuns, async (outlet) => {
    outlet.send(portion("a", 100)); // it is taken at once: somebody reads
    outlet.send(portion("a", 1_000_000));
    await outlet.drained();
    over();
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.read();
  await reader?.cancel();
  await new Promise(setImmediate);
  expect(over).toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
});

test("a question for the headers alone opens no stream", () => {
  const feed = () => Promise.reject(new Error("Nobody reads it"));
  const response = eventResponse(new Request("http://127.0.0.1/api/events", { method: "HEAD" }), severalRuns, feed);
  expect([response.body, response.headers.get("content-type")]).toEqual([null, "text/event-stream; charset=utf-8"]);
});
