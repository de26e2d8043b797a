import { expect, test } from "vitest";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { type LaneView, plannedLanes } from "#lib/domain/lane-view.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { laneNow } from "./lane-now.ts";
import { roundSubject } from "./round-subject.ts";

const plan: HeavyPlan = { lanes: 2, strategy: "research-synthesis", partialRollouts: false };
const muse: HeavyPlan = { lanes: 4, strategy: "parallel-muse", partialRollouts: true };
const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString();
const lane = (change: Partial<LaneView> = {}): LaneView => ({
  ...(plannedLanes(plan)[0] as LaneView),
  state: "working",
  startedAt: at(0),
  ...change,
});
const step = (change: Partial<StepView> = {}): StepView => ({
  kind: "step",
  key: "researcher-1:3",
  lane: "researcher-1",
  step: 3,
  state: "thinking",
  thought: "",
  answer: "",
  report: "",
  reportMissing: null,
  writes: null,
  repeatOf: null,
  summary: null,
  move: null,
  forced: null,
  failures: [],
  silence: null,
  calls: [],
  startedAt: at(10),
  thinkingMs: null,
  durationMs: null,
  ...change,
});
const calls = (tool: string, args: Record<string, unknown>): Partial<StepView> => ({
  state: "acting",
  durationMs: 2_000,
  move: { kind: "calls", calls: [{ tool, arguments: args }] },
});
const silence = { since: at(12), running: 1, waiting: 2, ours: false };
const failure = { attempt: 1, reason: "unreachable" as const, detail: "", retryInMs: 1_000, untilBack: false, at: at(11) };

test.each<[string, LaneView, StepView | undefined, HeavyPlan, object]>([
  ["queued", lane({ state: "queued", startedAt: null }), undefined, plan, { tag: "queued", icon: "queued", since: null }],
  ["waiting to branch off", lane({ state: "queued", number: 2 }), undefined, muse, { words: expect.stringContaining("lane 1 has ended") }],
  ["first, which nothing branches before", lane({ state: "queued", number: 1 }), undefined, muse, { words: "Begins with the run." }],
  ["begun", lane(), undefined, plan, { tag: "thinking, round 1", since: at(0) }],
  ["between rounds", lane({ steps: 3 }), step({ state: "ended", durationMs: 5_000 }), plan, { tag: "thinking, round 4", since: at(15) }],
  ["thinking", lane({ steps: 2 }), step({ thought: "Hm." }), plan, { tag: "thinking, round 3", tone: "live", since: at(10) }],
  [
    "rewriting",
    lane({ steps: 2 }),
    step({ thought: "Hm.", report: "It" }),
    plan,
    { tag: "writing, round 3", words: "Rewriting its report" },
  ],
  ["answering", lane({ steps: 2 }), step({ thought: "Hm.", answer: "It" }), plan, { tag: "writing, round 3", words: "Writing its answer" }],
  ["silent", lane({ steps: 2 }), step({ silence }), plan, { tag: "waiting for the model", tone: "warn", icon: "waiting", silence }],
  ["failed and tried again", lane({ steps: 2 }), step({ failures: [failure] }), plan, { tag: "waiting for the model", failure }],
  ["going on after a failure", lane(), step({ failures: [failure], thought: "Hm." }), plan, { tag: "thinking, round 3", failure: null }],
  [
    "searching",
    lane({ steps: 3 }),
    step(calls("search", { query: ["eelgrass"] })),
    plan,
    { tag: "searching, round 3", words: "Searching: eelgrass", since: at(12) },
  ],
  ["several queries", lane(), step(calls("search", { query: ["a", "b"] })), plan, { words: "Searching, 2 queries" }],
  ["reading", lane(), step(calls("visit", { url: "https://a.example/x" })), plan, { tag: "reading, round 3", words: "Reading a.example" }],
  ["computing", lane(), step(calls("PythonInterpreter", { code: "1" })), plan, { tag: "computing, round 3", words: "Computing in Python" }],
  ["steps of a conversation", lane(), step({ thought: "Hm." }), muse, { tag: "thinking, step 3" }],
  ["summing up", lane({ answer: "A." }), step(), muse, { tag: "summing up" }],
  ["never begun", lane({ state: "queued" }), undefined, plan, { tag: "queued" }],
])("%s", (_, of, last, how, expected) => {
  expect(laneNow({ lane: of, step: last, plan: how, over: false })).toMatchObject(expected);
});

const ended = (change: Partial<LaneView>) =>
  laneNow({ lane: lane({ state: "ended", endedAt: at(42), steps: 4, ...change }), step: undefined, plan, over: true });

test.each<[Partial<LaneView>, string, string]>([
  [{ end: "answered", sourceIds: ["a", "b"] }, "answered", "Answered after 4 rounds in 42 s. 2 sources read."],
  [
    { end: "failed", detail: "The server refuses.", steps: 0 },
    "failed",
    "Failed before its first round ended: the server refuses. Nothing of it is used.",
  ],
  [
    { end: "stalled", detail: "Nothing was heard", report: "R", reportStep: 3 },
    "stopped early",
    "Stalled after 4 rounds: nothing was heard. Its report after round 3 is used.",
  ],
  [{ end: "out-of-time", detail: null, steps: 1 }, "stopped early", "Out of time after 1 round. Nothing of it is used."],
  [{ end: "unanswered", report: "R", reportStep: 4 }, "no answer", "Gave no answer after 4 rounds. Its report after round 4 is used."],
  [{ end: null, report: "R", reportStep: 4 }, "stopped", "Stopped with the run after 4 rounds. Its report after round 4 is kept."],
])("ended %j", (change, tag, words) => {
  expect(ended(change)).toMatchObject({ tag, words, since: null });
});

test("a lane that never began says so once the run is over", () => {
  expect(laneNow({ lane: lane({ state: "queued" }), step: undefined, plan, over: true })).toMatchObject({ tag: "did not begin" });
});

test.each<[Partial<StepView>, string]>([
  [calls("search", { query: ["eelgrass cover", "dues"] }), "eelgrass cover, and 1 more"],
  [calls("visit", { url: ["https://www.a.example/report/"] }), "a.example/report"],
  [calls("parse_file", { files: ["a.pdf"] }), "a.pdf"],
  [calls("PythonInterpreter", { code: "1" }), "Computing in Python"],
  [{ state: "ended", move: { kind: "answer", text: "A." }, answer: "A." }, "Wrote the answer"],
  [{ ...calls("search", { query: ["a"] }), state: "ended", reportMissing: "asked-again" }, "Wrote no report, and was asked once more"],
  [{ silence }, "Waiting for the model"],
])("a line of %j", (change, words) => {
  expect(roundSubject(step(change))).toBe(words);
});
