import fc from "fast-check";
import { expect, test } from "vitest";
import { type Event, readEvent } from "./event.ts";
import { emptyRunView, runView } from "./run-view.ts";

let seq = 0;
const at = (type: Event["type"], data: object = {}): Event =>
  ({ seq: ++seq, at: `2026-11-24T10:00:${String(seq).padStart(2, "0")}.000Z`, type, ...data }) as Event;
const place = { lane: "main", step: 1 };
const call = { ...place, callId: "main-1" };
const model = { dialect: "tongyi", name: "m", window: 131_072 };
const page = { url: "https://b.example/", site: "b.example", provider: "direct", durationMs: 5 };
const log: Event[] = [
  at("run-queued", { question: "Q?", mode: "react", budget: { calls: 10, minutes: 5 }, attachments: [] }),
  at("run-started", { attempt: 1, worker: "w1", model, systemPrompt: "" }),
  at("lane-started", { lane: "main" }),
  at("text-appended", { ...place, channel: "thought", text: "half a " }),
  at("model-failed", { ...place, attempt: 1, reason: "cut-off", detail: "closed", retryInMs: 1000 }),
  at("text-appended", { ...place, channel: "thought", text: "I look" }),
  at("step-ended", {
    ...place,
    thought: "I look up",
    raw: "",
    move: { kind: "call", tool: "visit", arguments: {} },
    usage: { promptTokens: 10, completionTokens: 5 },
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 20,
  }),
  at("tool-called", { ...call, tool: "visit", arguments: {} }),
  at("source-found", {
    ...call,
    source: {
      id: "s1",
      n: 1,
      url: "https://a.example/",
      title: "A",
      site: "a.example",
      hash: "h",
      status: 200,
      fetchedAt: "2026-11-24T10:00:00Z",
    },
  }),
  at("tool-returned", {
    ...call,
    outcome: { kind: "ok", text: "t" },
    details: {
      kind: "visit",
      goal: "g",
      pages: [
        { ...page, url: "https://a.example/", sourceId: "s1" },
        { ...page, failure: "refused", detail: "HTTP 403" },
      ],
    },
    provider: "direct",
    attempts: [],
    cacheHit: false,
    durationMs: 30,
    sourceIds: ["s1"],
  }),
  at("run-started", { attempt: 2, worker: "w2", model, systemPrompt: "" }),
  at("text-appended", { lane: "main", step: 2, channel: "answer", text: "It is" }),
  at("step-ended", {
    lane: "main",
    step: 2,
    thought: "",
    raw: "",
    move: { kind: "answer", text: "It is so." },
    usage: null,
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 9,
  }),
  at("report-written", { reportId: "r1", version: 1, kind: "answer", citations: 1, sources: 1, removedMarks: [] }),
  at("run-ended", { status: "done", termination: "answer" }),
];

test("shows a run from its log", () => {
  const view = runView(log);
  expect(view).toMatchObject({
    question: "Q?",
    status: "done",
    termination: "answer",
    reportId: "r1",
    attempt: 2,
    usage: { calls: 2, promptTokens: 10 },
    contextTokens: 15,
  });
  expect(view.rows).toMatchObject([
    {
      kind: "step",
      step: 1,
      state: "ended",
      thought: "I look up",
      durationMs: 50,
      failures: [{ reason: "cut-off" }],
      calls: [{ tool: "visit", returned: { outcome: { kind: "ok" } } }],
    },
    { kind: "notice", notice: "resumed", afterStep: 1 },
    { kind: "step", step: 2, state: "ended", answer: "It is so." },
  ]);
  expect(view.sources).toMatchObject([{ id: "s1", step: 1 }]);
  expect(view.unread).toMatchObject([{ url: "https://b.example/", reason: "refused", detail: "HTTP 403" }]);
});

test("a failed try takes its text away", () => {
  expect(runView(log.slice(0, 5)).rows).toMatchObject([{ thought: "", failures: [{ attempt: 1 }] }]);
  expect(runView(log.slice(0, 6)).rows).toMatchObject([{ thought: "I look" }]);
});

test("is the same in any portions, with any repeats", () => {
  const whole = runView(log);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(log.length), fc.nat(4))), (cuts) => {
      let view = runView([]);
      for (const [end, back] of cuts.toSorted(([a], [b]) => a - b)) view = runView(log.slice(Math.max(0, view.lastSeq - back), end), view);
      expect(runView(log, view)).toEqual(whole);
    }),
  );
});

test("gives the same object when there is nothing new, and leaves unchanged rows alone", () => {
  const before = runView(log.slice(0, 10));
  expect(runView(log.slice(0, 10), before)).toBe(before);
  expect(runView(log, before).rows[0]).toBe(before.rows[0]);
});

test("in a long run a step that is far back still changes, a repeated call names the first, and a hit is seen once, in one fold as in many", () => {
  const stamp = { at: "2026-11-24T10:00:00.000Z" };
  const hit = (step: number) => ({ title: "", url: `https://site.example/${step % 60}`, site: "site.example", snippet: "" });
  let last = 0;
  const events = Array.from({ length: 120 }, (_, index): unknown[] => {
    const spot = { ...stamp, lane: `lane-${index % 2}`, step: index + 1 };
    const asked = { ...spot, callId: `call-${index}` };
    const calls = [{ tool: "search", arguments: { query: index % 30 } }];
    return [
      {
        seq: ++last,
        ...spot,
        type: "step-ended",
        thought: "",
        raw: "",
        move: { kind: "calls", calls },
        usage: null,
        finishReason: null,
        firstTextMs: null,
        durationMs: 1,
      },
      { seq: ++last, ...asked, type: "tool-called", tool: "search", arguments: {} },
      {
        seq: ++last,
        ...asked,
        type: "tool-returned",
        outcome: { kind: "ok", text: "" },
        details: { kind: "search", queries: [{ query: "", provider: "searxng", hits: [hit(index)], attempts: [] }] },
        provider: "searxng",
        attempts: [],
        cacheHit: false,
        durationMs: 1,
        sourceIds: [],
      },
    ];
  })
    .flat()
    .concat({ seq: ++last, ...stamp, lane: "lane-0", step: 1, type: "text-appended", channel: "answer", text: "late" })
    .map((event) => readEvent(event) as Event);
  const whole = runView(events);
  expect(events.reduce((view, event) => runView([event], view), emptyRunView)).toEqual(whole);
  expect(whole.rows).toHaveLength(120);
  expect(whole.rows[0]).toMatchObject({ key: "lane-0:1", answer: "late", repeatOf: null });
  expect(whole.rows[95]).toMatchObject({ lane: "lane-1", step: 96, repeatOf: 6 });
  expect(whole.seen).toHaveLength(60);
});
