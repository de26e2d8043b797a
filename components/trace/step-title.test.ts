import { expect, test } from "vitest";
import type { CallView, StepView } from "#lib/domain/run-view.ts";
import { stepTitle } from "./step-title.ts";

const step = (change: Partial<StepView>): StepView => ({
  kind: "step",
  key: "main:1",
  lane: "main",
  step: 1,
  state: "ended",
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
const ask = (tool: string, args: Record<string, unknown>, returned: CallView["returned"] = null): CallView => ({
  callId: "c",
  tool,
  arguments: args,
  calledAt: "",
  returned,
});
const back = (details: NonNullable<CallView["returned"]>["details"], provider: string | null = null): CallView["returned"] => ({
  outcome: { kind: "ok", text: "" },
  details,
  provider,
  attempts: [],
  cacheHit: false,
  durationMs: 1,
  sourceIds: [],
});
const query = (text: string) => ({ query: text, provider: "searxng", hits: [], attempts: [] });
const unanswered = (provider: string) => ({
  query: "a",
  provider: null,
  hits: [],
  attempts: [{ provider, ok: false, durationMs: 1 }],
});
const page = (failure?: "refused") => ({
  url: "https://a.example/x",
  site: "a.example",
  provider: null,
  durationMs: 1,
  ...(failure && { failure }),
});
const failure = { attempt: 1, reason: "unreachable", detail: "", retryInMs: 1, untilBack: false, at: "" } as const;

test.each<[Partial<StepView>, string]>([
  [{ state: "thinking" }, "Thinking"],
  [{ state: "thinking", answer: "So" }, "Writing the answer"],
  [{ state: "thinking", failures: [failure] }, "Waiting for the model"],
  [{ state: "thinking", failures: [failure], thought: "Now" }, "Thinking"],
  [{ state: "acting", calls: [ask("search", { query: ["a", "b", "c"] })] }, "Searching, 3 queries"],
  [{ state: "acting", calls: [ask("search", { query: "a" })] }, "Searching"],
  [{ state: "acting", calls: [ask("visit", { url: ["https://www.waterboard.example/a"] })] }, "Reading waterboard.example"],
  [{ state: "acting", calls: [ask("visit", { url: ["https://a.example", "https://b.example"] })] }, "Reading 2 pages"],
  [
    { state: "ended", forced: "calls", move: { kind: "calls", calls: [{ tool: "visit", arguments: {} }] } },
    "Asked for a tool when told to answer",
  ],
  [{ state: "ended", summary: "It is nine metres." }, "Summarised the conversation"],
  [{ state: "acting", move: { kind: "calls", calls: [{ tool: "visit", arguments: { url: "https://a.example" } }] } }, "Reading a.example"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [query("a"), query("b")] }, "searxng"))] }, "Searched the web, 2 queries"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [query("a")] }, "corpus"))] }, "Searched your documents"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [query("a")] }, "corpus + kiwix"))] }, "Searched your documents and Kiwix"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [query("a")] }, "corpus + serper"))] }, "Searched the web"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [query("a")] }, "recording"))] }, "Searched the recording"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [unanswered("corpus")] }))] }, "Searched your documents"],
  [{ calls: [ask("search", {}, back({ kind: "search", queries: [unanswered("corpus"), unanswered("searxng")] }))] }, "Searched, 2 queries"],
  [{ calls: [ask("visit", {}, back({ kind: "visit", goal: "", pages: [page(), page(), page("refused")] }))] }, "Read 2 of 3 pages"],
  [{ calls: [ask("visit", {}, back({ kind: "visit", goal: "", pages: [page()] }))] }, "Read 1 page"],
  [{ calls: [ask("visit", {}, back({ kind: "visit", goal: "", pages: [page("refused")] }))] }, "Could not read 1 page"],
  [{ calls: [ask("visit", { url: "https://a.example" })] }, "Broke off while reading a.example"],
  [{ calls: [ask("dance", {}, back({ kind: "none" }))] }, "Called dance"],
  [{ move: { kind: "answer", text: "x" } }, "Wrote the answer"],
  [{ move: { kind: "answer", text: "x" }, forced: "calls" }, "Wrote the answer with what was found"],
  [{ move: { kind: "unreadable", problem: "x" } }, "Wrote a call that could not be read"],
  [{ failures: [failure] }, "Got no answer from the model"],
])("%j is titled %s", (change, title) => {
  expect(stepTitle(step(change))).toBe(title);
});
