import { expect, test } from "vitest";
import { type Event, type Fact, readEvent, type StepMove } from "./event.ts";
import { transcriptFold, transcriptOf } from "./transcript.ts";

let seq = 0;
const at = "2026-11-24T10:00:00.000Z";
const event = (fact: Fact): Event => ({ ...fact, seq: ++seq, at }) as Event; // a numbered fact is an event
const queued = {
  type: "run-queued",
  question: "How deep?",
  mode: "react",
  budget: { calls: 9, minutes: 9 },
  whenFull: "compact",
  priority: "interactive",
  attachments: [],
} as const satisfies Fact;
const start: Event[] = [
  event({ ...queued, attachments: [] }),
  event({ type: "run-started", attempt: 1, worker: "w", model: { dialect: "native", name: "m", window: null }, systemPrompt: "S" }),
];
const ended = (step: number, move: StepMove, more: Partial<Extract<Event, { type: "step-ended" }>> = {}) =>
  event({
    type: "step-ended",
    lane: "main",
    step,
    thought: "",
    raw: `turn ${step}`,
    move,
    usage: null,
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 1,
    ...more,
  });
const returned = (step: number, callId: string, text: string) =>
  event({
    type: "tool-returned",
    lane: "main",
    step,
    callId,
    outcome: { kind: "ok", text },
    details: { kind: "none" },
    provider: null,
    attempts: [],
    cacheHit: false,
    durationMs: 1,
    sourceIds: [],
  });
const two: StepMove = {
  kind: "calls",
  calls: [
    { tool: "search", arguments: {} },
    { tool: "visit", arguments: {} },
  ],
};

test("calls that run side by side are answered in the order they were asked for, once all have returned", () => {
  const events = [...start, ended(1, two), returned(1, "main-1-2", "second")];
  expect(transcriptOf(events)).toMatchObject({ pending: [{ callId: "main-1" }], messages: { length: 3 } });
  const { messages, pending } = transcriptOf([...events, returned(1, "main-1", "first")]);
  expect(pending).toEqual([]);
  expect(messages.slice(3)).toEqual(
    ["first", "second"].map((text) => ({ role: "user", content: `<tool_response>\n${text}\n</tool_response>` })),
  );
});

test("a native turn is sent back whole, and its calls are answered under the ids of the server", () => {
  const native = {
    reasoning: "hm",
    calls: [
      { id: "x", name: "search", arguments: "{}" },
      { id: "y", name: "visit", arguments: "{}" },
    ],
  };
  const { messages } = transcriptOf([...start, ended(1, two, { native }), returned(1, "main-1", "a"), returned(1, "main-1-2", "b")]);
  expect(messages.slice(2)).toEqual([
    { role: "assistant", content: "turn 1", native },
    { role: "tool", content: "a", callId: "x" },
    { role: "tool", content: "b", callId: "y" },
  ]);
});

const files = [
  { id: "a1", name: "tide gauges.csv", type: "CSV table", size: 3_449 },
  { id: "a2", name: "bylaw 14.pdf", type: "PDF", size: 1_250_000 },
];
const listed = "Uploaded files, to be read with parse_file:\n- tide gauges.csv (CSV table, 3.4 kB)\n- bylaw 14.pdf (PDF, 1.3 MB)";

test("uploaded files are named after the question, and again after a summary", () => {
  const [, started] = start as [Event, Event];
  const asked = event({ ...queued, attachments: files });
  const before = transcriptOf([asked, started]).messages;
  expect(before).toEqual([
    { role: "system", content: "S" },
    { role: "user", content: `How deep?\n\n${listed}` },
  ]);
  const after = transcriptOf([asked, started, ended(1, two), returned(1, "main-1", "a"), returned(1, "main-1-2", "b")]).messages;
  expect(after.slice(0, 2)).toEqual(before);
  const compacted = event({ type: "context-compacted", lane: "main", step: 1, thought: "", summary: "K.", usage: null, durationMs: 1 });
  expect(transcriptOf([asked, started, compacted]).messages[1]?.content).toContain(`Question: How deep?\n\n${listed}\n\nThe conversation`);
});

test("without files the question stands alone, and a log of before there were files reads the same", () => {
  const { attachments: _, ...old } = event({ ...queued }) as Extract<Event, { type: "run-queued" }>;
  const read = readEvent(old);
  expect(read).toMatchObject({ attachments: [] });
  expect(transcriptOf([read as Event, start[1] as Event]).messages[1]).toEqual({ role: "user", content: "How deep?" });
});

test("a log of before calls could be several reads the same", () => {
  const old = { ...ended(1, { kind: "none" }), move: { kind: "call", tool: "search", arguments: { query: ["a"] } } };
  expect(readEvent(old)).toMatchObject({ move: { kind: "calls", calls: [{ tool: "search", arguments: { query: ["a"] } }] } });
});

test("a summary begins the conversation anew, and the count of tokens with it", () => {
  const compacted = event({
    type: "context-compacted",
    lane: "main",
    step: 2,
    thought: "",
    summary: "It is nine metres.",
    usage: null,
    durationMs: 1,
  });
  const before = [...start, ended(1, { kind: "none" }, { usage: { promptTokens: 90_000, completionTokens: 10 } })];
  const { messages, steps, compactedAt, countedTokens } = transcriptOf([...before, compacted]);
  expect({ steps, compactedAt, countedTokens }).toEqual({ steps: 2, compactedAt: 2, countedTokens: null });
  expect(messages).toEqual([
    { role: "system", content: "S" },
    { role: "user", content: expect.stringMatching(/^Question: How deep\?[\s\S]*<summary>\nIt is nine metres\.\n<\/summary>$/) },
  ]);
});

test("counts steps that ask for the same", () => {
  const same = [1, 2, 3].flatMap((step) => [ended(step, two), returned(step, `main-${step}`, ""), returned(step, `main-${step}-2`, "")]);
  expect(transcriptOf([...start, ...same]).sameSteps).toBe(3);
  expect(transcriptOf([...start, ...same, ended(4, { kind: "none" })]).sameSteps).toBe(1);
});

test("taking one event after the other is the same as taking all", () => {
  const events = [
    ...start,
    ended(1, two),
    returned(1, "main-1", "a"),
    returned(1, "main-1-2", "b"),
    ended(2, { kind: "answer", text: "A" }),
  ];
  const fold = transcriptFold("main");
  for (const each of events) fold.take(each);
  expect(fold.transcript).toEqual(transcriptOf(events));
});
