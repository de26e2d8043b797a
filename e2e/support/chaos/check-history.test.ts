import { expect, test } from "vitest";
import { checkHistory } from "./check-history.ts";
import type { Call, Frame, Invariant, RunHistory, Write } from "./history.ts";

const frame = (seq: number, type: string, data: object = {}): Frame => ({ seq, type, json: JSON.stringify({ seq, type, ...data }) });
const place = (step: number) => ({ lane: "main", step });
const text = (seq: number, step: number, said: string) => frame(seq, "text-appended", { ...place(step), channel: "thought", text: said });
const stepEnded = (seq: number, step: number, thought: string, move: object) => frame(seq, "step-ended", { ...place(step), thought, move });

const queued = frame(1, "run-queued");
const started = frame(2, "run-started", { worker: "a" });
const call = frame(6, "step-ended", { ...place(1), thought: "I search.", move: { kind: "calls" } });
const called = frame(7, "tool-called", { ...place(1), callId: "main-1" });
const restarted = frame(8, "run-started", { worker: "b" });
const returned = frame(9, "tool-returned", { ...place(1), callId: "main-1" });
const answer = stepEnded(12, 2, "That is it.", { kind: "answer", text: "Nine metres." });
const reported = frame(13, "report-written", { reportId: "r" });
const ended = frame(14, "run-ended", { status: "done" });
const texts = [text(4, 1, "I "), text(5, 1, "sea")];
const log = [queued, started, call, called, restarted, returned, answer, reported, ended];

const write = (at: number, epoch: number, writer: string, written: Frame, kind: Write["kind"] = "inserted"): Write => ({
  ...written,
  kind,
  epoch,
  writer,
  at,
});
const model = (step: number, startedAt: number, endedAt: number | null): Call => ({
  lane: "main",
  step,
  key: `prompt ${step}`,
  startedAt,
  endedAt,
});
const tool = (startedAt: number, endedAt: number | null): Call => ({ lane: "main", step: 1, key: "main-1", startedAt, endedAt });
const seen = (runId: string, frames: readonly Frame[]) => frames.map((each) => ({ ...each, runId }));

/** A run whose first worker died while a tool worked, and a client that was cut off in the first thought. */
function history(change: Partial<RunHistory> = {}): RunHistory {
  return {
    id: "run",
    status: "done",
    reportId: "r",
    calls: 5,
    log,
    writes: [
      write(0, 0, "web", queued),
      write(10, 1, "a", started),
      ...texts.map((each) => write(20, 1, "a", each)),
      ...texts.map((each) => write(30, 1, "a", each, "deleted")),
      write(30, 1, "a", call),
      write(31, 1, "a", called),
      write(60, 2, "b", restarted),
      write(70, 2, "b", returned),
      write(80, 2, "b", answer),
      write(90, 2, "b", reported),
      write(90, 2, "b", ended),
    ],
    modelCalls: [model(1, 11, 29), model(2, 71, 79)],
    toolCalls: [tool(32, 50), tool(61, 69)],
    clients: [
      { name: "one", frames: seen("run", [queued, started, ...texts, call, called, restarted, returned, answer, reported, ended]) },
    ],
    reports: [{ id: "r", version: 1 }],
    submits: [{ key: "k", runId: "run" }],
    claims: [
      { epoch: 1, worker: "a", at: 9 },
      { epoch: 2, worker: "b", at: 59 },
    ],
    ...change,
  };
}

const whole = history();
const client = (frames: readonly Frame[], runId = "run") => ({ clients: [{ name: "one", frames: seen(runId, frames) }] });
const stop = frame(10, "stop-requested", { kind: "now" });

test("a run that was taken over, with a client that missed some live text, violates nothing", () => {
  expect(checkHistory([whole, history(client([queued, started, text(4, 1, "I "), call, called, restarted]))])).toEqual([]);
});

const planted: [string, Invariant, Partial<RunHistory>][] = [
  ["a client saw a fact that is not in the log", "I1", client([queued, started, frame(3, "lane-started")])],
  ["a committed fact is gone", "I1", { writes: [...whole.writes, write(95, 2, "b", frame(10, "source-found"))] }],
  ["a number twice", "I2", { log: [...log.slice(0, 2), started, ...log.slice(2)] }],
  ["a gap where no text lay", "I2", { log: [...log, frame(20, "source-found")] }],
  ["a fact was changed", "I2", { writes: [...whole.writes, write(95, 2, "b", call, "updated")] }],
  ["a fact was deleted", "I2", { writes: [...whole.writes, write(95, 2, "b", called, "deleted")] }],
  ["a client was sent a fact that reads otherwise", "I3", client([queued, frame(2, "run-started", { worker: "c" })])],
  ["a client was sent a fact twice", "I3", client([queued, started, started])],
  ["a client missed a fact", "I3", client([queued, call])],
  ["live text is not how the step ended", "I3", client([queued, started, text(4, 1, "You "), call])],
  ["a void text was not voided", "I3", client([queued, started, text(4, 1, "sea"), text(5, 1, "I "), call])],
  ["two ends", "I4", { log: [...log, frame(15, "run-ended", { status: "done" })] }],
  ["something after the end", "I4", { log: [...log, frame(15, "source-found")] }],
  ["another status than its end", "I4", { status: "stopped" }],
  ["a report that its log does not tell of", "I4", { reports: [...whole.reports, { id: "s", version: 2 }] }],
  ["a step with two ends", "I5", { log: [...log.slice(0, 3), { ...call, seq: 7 }, ...log.slice(4)] }],
  ["a finished call is made again", "I5", { toolCalls: [...whole.toolCalls, tool(75, 76)] }],
  ["a finished thought is asked for again", "I5", { modelCalls: [...whole.modelCalls, model(1, 62, 66)] }],
  ["a call is made more often than workers died", "I5", { toolCalls: [tool(32, 40), tool(41, 50), tool(61, 69)] }],
  ["a dead worker writes on", "I6", { writes: [...whole.writes, write(95, 1, "a", text(10, 2, "late"))] }],
  ["two write under one epoch", "I6", { writes: whole.writes.map((each) => (each.seq === 12 ? { ...each, writer: "a" } : each)) }],
  [
    "a worker writes of a run that was taken from all",
    "I6",
    {
      claims: whole.claims.map((each) => (each.epoch === 2 ? { ...each, worker: null } : each)),
      writes: [...whole.writes.slice(0, -1), write(90, 2, "a", ended)],
    },
  ],
  ["two claims win one epoch", "I6", { claims: [...whole.claims, { epoch: 2, worker: "a", at: 60 }] }],
  ["one key, two runs", "I7", { submits: [...whole.submits, { key: "k", runId: "other" }] }],
  [
    "a call long after the stop",
    "I8",
    { writes: [...whole.writes.slice(0, -3), write(70, 2, "b", stop)], modelCalls: [model(1, 11, 29), model(2, 1_500, 1_510)] },
  ],
  [
    "a worker that starts after the stop asks the model",
    "I8",
    { writes: [...whole.writes.slice(0, 5), write(40, 1, "a", stop), ...whole.writes.slice(5)] },
  ],
  [
    "a call that the stop did not end",
    "I8",
    { writes: [...whole.writes.slice(0, -3), write(75, 2, "b", stop)], modelCalls: [model(1, 11, 29), model(2, 71, 2_000)] },
  ],
  ["more calls than the budget has", "I9", { calls: 1 }],
  ["a client is sent another run's events", "I11", client(log, "other")],
  ["a run that nobody works on", "I12", { status: "running", log: log.slice(0, -2), reports: [], reportId: null }],
];

test.each(planted)("%s: %s", (_, invariant, change) => {
  const found = checkHistory([history(change)]);
  expect(found.map((violation) => violation.invariant)).toContain(invariant);
});
