import { expect, test } from "vitest";
import { terminationSchema } from "#lib/domain/run.ts";
import { emptyRunView, type RunView, type StepView } from "#lib/domain/run-view.ts";
import { endWords, newsWords, nowWords } from "./run-words.ts";

const step = (n: number, change: Partial<StepView> = {}): StepView => ({
  kind: "step",
  key: `main:${n}`,
  lane: "main",
  step: n,
  state: "thinking",
  thought: "",
  answer: "",
  move: null,
  forced: null,
  failures: [],
  silence: null,
  summary: null,
  report: "",
  reportMissing: null,
  writes: null,
  repeatOf: null,
  thinkingMs: null,
  calls: [],
  startedAt: "2026-11-24T10:00:00.000Z",
  durationMs: null,
  ...change,
});
const view = (change: Partial<RunView>): RunView => ({
  ...emptyRunView,
  status: "running",
  budget: { calls: 100, minutes: 30 },
  ...change,
});
const source = { id: "s", n: 1, url: "", title: "", site: "", hash: "", status: 200, fetchedAt: "", step: 1 };
const stop = (kind: "now" | "finish") => ({ kind: "notice", key: "n", at: "", notice: "stop-requested", stop: kind }) as const;

test.each<[Partial<RunView>, string]>([
  [{ status: "queued" }, "Waiting for a free place. You can close this page."],
  [{ status: "queued", startedAt: "2026-11-24T10:00:00.000Z" }, "Waiting for a free place, then it goes on. You can close this page."],
  [{ status: "paused" }, "Paused by you before it began. Kept for as long as you like."],
  [{ status: "paused", rows: [step(9, { state: "ended", paused: true })] }, "Paused by you at step 9. Kept for as long as you like."],
  [{}, "Starting"],
  [{ rows: [step(9)] }, "Thinking, step 9"],
  [{ rows: [step(3, { state: "ended" })] }, "Thinking, step 4"],
  [{ rows: [step(3), stop("now")] }, "Stopping"],
  [{ rows: [step(3), stop("finish")], sources: [source] }, "Finishing after step 3"],
  [{ rows: [step(3, { state: "ended" }), stop("finish")], sources: [source] }, "Writing the answer from 1 source"],
  [{ rows: [step(3, { state: "ended" }), stop("finish"), step(4)], sources: [source] }, "Writing the answer from 1 source"],
  [{ rows: [step(3, { state: "ended", move: { kind: "answer", text: "x" } })] }, "Resolving the citations"],
])("%j: %s", (change, words) => {
  expect(nowWords(view(change))).toBe(words);
});

test("what became of a message is told once, while it is news", () => {
  const message = { messageId: "7", text: "In feet.", to: null, queuedAt: "", delivered: [], lost: null };
  const row = { kind: "notice", key: "m", at: "", notice: "message", messageId: "7" } as const;
  const delivered = [{ ...message, delivered: [{ lane: "main", step: 4 }] }];
  expect(newsWords(view({ rows: [step(3)], messages: [message] }))).toBe("Message queued, before step 4. Thinking, step 3");
  expect(newsWords(view({ rows: [row, step(4)], messages: delivered }))).toBe("Message delivered at step 4. Thinking, step 4");
  expect(newsWords(view({ rows: [row, step(4), step(5)], messages: delivered }))).toBe("Thinking, step 5");
});

test("a stop is told with the time it took", () => {
  const stopped = view({
    status: "stopped",
    termination: "stopped",
    rows: [step(9)],
    sources: [source],
    stopRequestedAt: "2026-11-24T10:00:00.000Z",
    startedAt: "2026-11-24T09:59:00.000Z",
    endedAt: "2026-11-24T10:00:00.400Z",
  });
  expect(endWords(stopped)).toEqual({
    tag: "Stopped",
    tone: "plain",
    words: "Stopped at step 9, 0.4 s after you asked. 1 source kept, no report.",
  });
});

test("every end has words, and the server's own sentence comes first", () => {
  for (const termination of terminationSchema.options) {
    expect(endWords(view({ status: "failed", termination })).words).toMatch(/\w.*\.$/);
    expect(endWords(view({ status: "failed", termination, detail: "Told." })).words).toBe("Told.");
  }
  expect(endWords(view({ status: "done", termination: "generate an answer as call limit reached" })).tag).toBe("Ended at its limit");
});
