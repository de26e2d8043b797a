import { expect, test } from "vitest";
import type { Event, Fact } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import { synthesisState } from "./synthesis-state.ts";

const at = "2026-11-24T00:00:00.000Z";
const queued: Fact = {
  type: "run-queued",
  question: "How deep?",
  mode: "heavy",
  heavy: { lanes: 2, strategy: "research-synthesis", partialRollouts: false },
  budget: { calls: 20, minutes: 10 },
  whenFull: "answer",
  priority: "interactive",
  attachments: [],
};
const laneEnded = (answer: string | null): Fact => ({
  type: "lane-ended",
  lane: "researcher-1",
  end: answer === null ? "failed" : "answered",
  answer,
});
const begun: Fact = { type: "lane-started", lane: "synthesis" };
const streams = (channel: "thought" | "answer"): Fact => ({ type: "text-appended", lane: "synthesis", step: 1, channel, text: "Nine" });
const failed: Fact = {
  type: "model-failed",
  lane: "synthesis",
  step: 1,
  attempt: 1,
  reason: "unreachable",
  detail: "Nobody answers.",
  retryInMs: null,
};
const stepEnded = (answer: string | null): Fact => ({
  type: "step-ended",
  lane: "synthesis",
  step: 1,
  thought: "",
  raw: "",
  move: answer === null ? { kind: "none" } : { kind: "answer", text: answer },
  usage: null,
  finishReason: "stop",
  firstTextMs: null,
  durationMs: 1,
});
const written: Fact = {
  type: "report-written",
  reportId: "report",
  version: 1,
  kind: "answer",
  citations: 0,
  sources: 0,
  removedMarks: [],
};
const done: Fact = { type: "run-ended", status: "done", termination: "answer" };
const stopped: Fact = { type: "run-ended", status: "stopped", termination: "stopped" };
const failedRun: Fact = { type: "run-ended", status: "failed", termination: "model unavailable", detail: "It failed." };
const stateAfter = (...facts: Fact[]) =>
  synthesisState(runView([queued, ...facts].map((fact, index) => ({ ...fact, seq: index + 1, at }) as Event)));

test.each([
  ["before the lanes have ended", [], { kind: "queued" }],
  ["begun", [begun], { kind: "comparing", since: at }],
  ["thinking", [begun, streams("thought")], { kind: "comparing", since: at }],
  ["answering", [begun, streams("thought"), streams("answer")], { kind: "writing", since: at }],
  ["answered, and the run goes on", [begun, stepEnded("Nine.")], { kind: "citing", since: at }],
  ["a turn that came to nothing is asked again", [begun, stepEnded(null)], { kind: "comparing", since: at }],
  ["done", [begun, stepEnded("Nine."), written, done], { kind: "done" }],
  ["stopped while it compared", [begun, streams("thought"), stopped], { kind: "stopped" }],
  ["answered, and then the run failed", [begun, stepEnded("Nine."), failedRun], { kind: "failed", reason: "It failed." }],
])("%s", (_, facts, state) => {
  expect(stateAfter(...facts)).toEqual(state);
});

test.each([
  ["no model", [failed], "The model could not be reached. Nobody answers."],
  ["no answer", [stepEnded(null)], "The model gave no answer, also when it was told to."],
])("side by side: %s", (_, facts, reason) => {
  expect(stateAfter(begun, ...facts, written, failedRun)).toEqual({ kind: "side-by-side", reason });
});

test.each([
  ["the reader stopped it", [laneEnded("Nine."), stopped], "The run was stopped before it began."],
  ["nothing was left to compare", [laneEnded(null), failedRun], "No lane left a report or an answer, so there was nothing to compare."],
  ["the run failed before", [laneEnded("Nine."), failedRun], "The run ended before it began."],
])("did not begin: %s", (_, facts, reason) => {
  expect(stateAfter(...facts)).toEqual({ kind: "not-begun", reason });
});

test("a Standard run has none", () => {
  expect(synthesisState(runView([{ ...queued, mode: "react", heavy: undefined, seq: 1, at }]))).toBeNull();
});
