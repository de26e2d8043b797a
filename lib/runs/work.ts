import type { Sql } from "postgres";
import { isOutage } from "#db/is-outage.ts";
import { sourcesOf } from "#db/queries/sources.ts";
import type { AgentRun } from "#lib/agents/agent-run.ts";
import { heavy } from "#lib/agents/heavy.ts";
import { ModelGaveUp } from "#lib/agents/model-gave-up.ts";
import { react } from "#lib/agents/react.ts";
import { sideBySide } from "#lib/agents/side-by-side.ts";
import type { Event, EventOf } from "#lib/domain/event.ts";
import { laneLimitations, laneOutcomes } from "#lib/domain/lane-outcome.ts";
import { runView } from "#lib/domain/run-view.ts";
import { searchLimitations } from "#lib/domain/search-health.ts";
import type { Model } from "#lib/model/model.ts";
import { quoteReport } from "#lib/model/quoting/quote-report.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { agentRuns } from "./agent-runs.ts";
import { type Ending, endOf, notBroughtTogether, type RunEnd } from "./end-of.ts";
import { type EventWriter, Fenced } from "./event-writer.ts";
import { finish } from "./finish.ts";
import { firstOf } from "./first-of.ts";
import { type Journal, openJournal } from "./journal.ts";
import { logOf } from "./log-of.ts";
import { writeReport } from "./write-report.ts";

/** What a worker brings to a run. Everything that differs between production and a test is in here. */
export interface Workshop {
  sql: Sql;
  writer: EventWriter;
  workerId: string;
  model: Model;
  /** The model of one lane of a Heavy run, by the key that says which server has its prompts: absent, all lanes use `model`. */
  laneModel?: (key: string) => Model;
  /** Brings the lanes together; absent, `model` does. */
  synthesisModel?: Model;
  tools: Tool[];
  /** The same for one lane of a Heavy run, so that what it begins ahead is its own: absent, all lanes share `tools`. */
  laneTools?: () => Tool[];
  /** FETCH_ALLOW_HOSTS: what their pages say is private. */
  ownHosts?: readonly string[];
  retry?: AgentRun["retry"];
  /** How long nothing may be heard of a lane that the others wait for. */
  stallMs?: number;
  clock?: () => Date;
}

/** Stops of a run that its worker heard of: "now" aborts, "finish" is one forced answer. */
export interface Stops {
  signal: AbortSignal;
  /** Called once the journal is open; from then on each command is handed over as it comes, the waiting ones at once. */
  onCommand(handler: (kind: "now" | "finish") => Promise<void>): void;
}

/**
 * Works a claimed run from wherever its log stands to its end. Resolves when the run has ended; rejects with Fenced when another worker
 * took it, and with the signal's reason when this worker leaves and the run is to be taken up elsewhere.
 */
export async function work(shop: Workshop, claim: { runId: string; epoch: number }, stops: Stops): Promise<void> {
  const lost = new AbortController();
  const stopNow = new AbortController();
  const events = await logOf(shop.sql, claim.runId);
  const lastSeq = events.at(-1)?.seq ?? 0;
  const journal = openJournal({
    ...claim,
    events,
    lastSeq,
    writer: shop.writer,
    onLost: (error) => lost.abort(error),
    ...(shop.clock && { clock: shop.clock }),
  });
  const started = startRun(shop, journal);
  stops.onCommand(async (kind) => {
    if (kind === "finish" && journal.events.some((event) => event.type === "stop-requested")) return;
    await journal.append({ type: "stop-requested", kind });
    if (kind === "now") stopNow.abort(new StoppedByReader());
  });
  const signal = AbortSignal.any([stops.signal, lost.signal, stopNow.signal]);
  await started; // nobody may be asked with a prompt that a worker after this one would not know
  const poisoned = startsWithoutProgress(journal.events) > mostStartsWithoutProgress;
  const ending = poisoned ? ({ kind: "poisoned" } as const) : await endingOf(shop, journal, claim.runId, signal);
  await conclude(shop, journal, claim, ending);
}

/** A run that ended its worker this often at the same place is set aside, so that it does not take the next one down too. */
const mostStartsWithoutProgress = 3;

function startsWithoutProgress(events: readonly Event[]): number {
  const progress = events.findLastIndex(isProgress);
  return events.slice(progress + 1).filter((event) => event.type === "run-started").length;
}

/** A run that waits for a model server makes none, but it is not what ends its worker. */
const isProgress = (event: Event): boolean =>
  event.type === "step-ended" ||
  event.type === "tool-returned" ||
  event.type === "context-compacted" ||
  (event.type === "model-failed" && event.untilBack === true);

/** The reader asked to stop now. */
class StoppedByReader extends Error {
  override name = "StoppedByReader" as const;
}

/** The only catch-all: whatever a run dies of becomes its honest end. What means "not my run any more" is thrown on. */
async function endingOf(shop: Workshop, journal: Journal, runId: string, signal: AbortSignal): Promise<Ending> {
  const over = new AbortController(); // what was begun ahead and is not needed any more ends with the run
  try {
    const runs = agentRuns(shop, journal, runId, { signal, toolSignal: AbortSignal.any([signal, over.signal]) });
    const { heavy: plan } = firstOf(journal.events, "run-queued");
    const answer = plan ? await heavy(runs.heavy(plan)) : await react(runs.main());
    return { kind: "answered", answer };
  } catch (thrown) {
    const error = signal.aborted ? signal.reason : thrown;
    if (error instanceof StoppedByReader) return { kind: "stopped" };
    if (thrown instanceof ModelGaveUp) return { kind: "no-model", failure: thrown.failure };
    if (signal.aborted || error instanceof Fenced) throw error;
    if (isOutage(error)) throw error; // the run is not over: its job comes back, and the log tells where it stood
    return { kind: "crashed", error };
  } finally {
    over.abort(new Error("The run is over"));
  }
}

function startRun(shop: Workshop, journal: Journal): Promise<void> {
  const earlier = journal.events.filter((event): event is EventOf<"run-started"> => event.type === "run-started");
  const today = (shop.clock?.() ?? new Date()).toISOString().slice(0, 10);
  const systemPrompt = earlier[0]?.systemPrompt ?? shop.model.dialect.systemPrompt(shop.tools, today);
  const model = shop.model.card;
  const tools = earlier[0]?.tools ?? shop.tools.map((tool) => tool.name);
  const started = journal.append({ type: "run-started", attempt: earlier.length + 1, worker: shop.workerId, model, systemPrompt, tools });
  const isHeavy = journal.events.some((event) => event.type === "run-queued" && event.heavy);
  if (!isHeavy && !journal.events.some((event) => event.type === "lane-started"))
    void journal.append({ type: "lane-started", lane: "main" });
  return started;
}

/** Writes the report, where there is something to report, and ends the run. */
async function conclude(shop: Workshop, journal: Journal, claim: { runId: string; epoch: number }, ending: Ending): Promise<void> {
  const view = runView(journal.events);
  const { status, termination, detail, report } = await withReport(shop, claim.runId, journal.events, endOf(ending, view));
  await shop.writer.settled();
  await finish(shop.sql, { ...claim, lastSeq: journal.lastSeq, status, termination, detail, usage: view.usage, report });
}

async function withReport(shop: Workshop, runId: string, events: readonly Event[], end: RunEnd) {
  if (end.report === "none") return { ...end, report: null };
  const sources = await sourcesOf(shop.sql, runId);
  const { question, heavy: plan } = firstOf(events, "run-queued");
  // Whatever a Heavy run dies of, what its lanes came to is kept.
  const kept = plan && end.report === "quotes" ? sideBySide(events) : "";
  const written = end.report === "answer" ? end.answer : kept;
  const answer = written !== "" ? written : sources.length > 0 ? quoteReport(question, sources) : null;
  if (answer === null) return { ...end, report: null };
  const kind = written !== "" && shop.model.card.dialect !== "quoting" ? "answer" : "quotes";
  const at = (shop.clock?.() ?? new Date()).toISOString();
  const limitations = [
    ...(end.limitation ? [end.limitation] : []),
    ...(kept !== "" ? [notBroughtTogether] : []),
    ...(plan ? laneLimitations(plan.lanes, laneOutcomes(events)) : []),
    ...searchLimitations(runView(events).searchHealth),
  ];
  const model = plan && shop.synthesisModel ? shop.synthesisModel.card.name : shop.model.card.name;
  return { ...end, report: writeReport({ runId, kind, answer, sources, limitations, model, at }) };
}
