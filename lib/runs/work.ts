import type { Sql } from "postgres";
import type { Command } from "#db/queries/commands.ts";
import { reportById } from "#db/queries/reports.ts";
import type { AgentRun } from "#lib/agents/agent-run.ts";
import { heavy } from "#lib/agents/heavy.ts";
import type { Answer } from "#lib/agents/loop.ts";
import { ModelGaveUp } from "#lib/agents/model-gave-up.ts";
import { react } from "#lib/agents/react.ts";
import type { Event, EventOf } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import type { Model } from "#lib/model/model.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { type AgentRuns, agentRuns } from "./agent-runs.ts";
import { answerIn } from "./answer-in.ts";
import { type Ending, endOf } from "./end-of.ts";
import type { EventWriter } from "./event-writer.ts";
import { finish } from "./finish.ts";
import { firstOf } from "./first-of.ts";
import { type Journal, openJournal } from "./journal.ts";
import { logOf } from "./log-of.ts";
import { type Made, makeReport } from "./make-report.ts";
import { isNotOurs, PausedByReader, StoppedByReader } from "./not-ours.ts";
import { suspectsTurn } from "./suspects-turn.ts";
import { factOf, isAnswered } from "./unheld-log.ts";
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
  finishWaitMs?: number;
  /** Whether a report is written from the evidence, section by section; else the answer is the report. */
  writesReports?: boolean;
  /** Whether a model compares the sentences of a report with their passages; else the texts alone are compared. */
  judgesClaims?: boolean;
  /** How long nothing may be heard of a lane that the others wait for. */
  stallMs?: number;
  clock?: () => Date;
}

/** What its worker hears of for a run: "now" and a pause abort, "finish" is one forced answer, a message is read before the next thought. */
export interface Stops {
  signal: AbortSignal;
  /**
   * Called once the journal is open; from then on each command is handed over as it comes. Resolves when those were that had been given before: a
   * worker that takes over a run which was told to stop asks nobody.
   */
  onCommand(handler: (command: Command) => Promise<void>): Promise<void>;
}

/**
 * Works a claimed run from wherever its log stands to its end. Resolves when the run has ended; rejects with Fenced when another worker
 * took it, with PausedByReader when the reader paused it, and with the signal's reason when this worker leaves and the run is to be taken up elsewhere.
 */
export async function work(shop: Workshop, claim: { runId: string; epoch: number }, stops: Stops): Promise<void> {
  const lost = new AbortController();
  const stopNow = new AbortController();
  const events = await logOf(shop.sql, claim.runId);
  const lastSeq = events.at(-1)?.seq ?? 0;
  let endTurn = () => {};
  const journal = openJournal({
    ...claim,
    events,
    lastSeq,
    writer: shop.writer,
    onLost: (error) => lost.abort(error),
    onFact: (event) => isProgress(event) && endTurn(),
    ...(shop.clock && { clock: shop.clock }),
  });
  const deaths = deathsWithoutProgress(events);
  const isSuspect = deaths === mostDeaths - 1;
  const started = isSuspect ? null : startRun(shop, journal);
  if (isStopped(journal.events)) stopNow.abort(new StoppedByReader());
  let concluding = false; // what is asked from then on is told by the transaction that ends the run
  const end = (made: Made) => {
    concluding = true;
    return conclude(shop, journal, claim, made);
  };
  const told = stops.onCommand(async (command) => {
    if (concluding || isAnswered(journal.events, command.id)) return;
    if (command.kind === "pause") stopNow.abort(new PausedByReader());
    const written = factOf(command).map((fact) => journal.append(fact));
    if (command.kind === "now") stopNow.abort(new StoppedByReader()); // its sockets do not wait for the database
    await Promise.all(written);
  });
  const signal = AbortSignal.any([stops.signal, lost.signal, stopNow.signal]);
  if (isSuspect) endTurn = await turnOf(shop, signal);
  try {
    await (started ?? startRun(shop, journal)); // nobody may be asked with a prompt that a worker after this one would not know
    if (deaths >= mostDeaths) return await end(await setAside(shop, journal, claim.runId, signal, deaths - mostDeaths));
    await told;
    await end(await worked(shop, journal, claim.runId, signal));
  } catch (error) {
    if (stops.signal.aborted) await journal.append({ type: "worker-left" }).catch(() => {}); // refused: it is another's by now
    throw error;
  } finally {
    endTurn();
  }
}

/** Research and report. What was begun ahead and is not needed any more ends with the run. */
async function worked(shop: Workshop, journal: Journal, runId: string, signal: AbortSignal): Promise<Made> {
  const over = new AbortController();
  try {
    const runs = agentRuns(shop, journal, runId, { signal, toolSignal: AbortSignal.any([signal, over.signal]) });
    const ending = await endingOf(shop, journal, runs, signal);
    const reached = endOf(ending, runView(journal.events));
    return await makeReport({ shop, journal, runId, runs, signal }, reached);
  } finally {
    over.abort(new Error("The run is over"));
  }
}

/** What ended the worker may have been the report itself: with each further death less of it is done. */
function setAside(shop: Workshop, journal: Journal, runId: string, signal: AbortSignal, further: number): Promise<Made> {
  const poisoned = endOf({ kind: "poisoned", answer: answerIn(journal.events) }, runView(journal.events));
  if (further > 1) return Promise.resolve({ end: { ...poisoned, report: "none" }, draft: null });
  return makeReport({ shop, journal, runId, runs: null, signal, unchecked: further > 0 }, poisoned);
}

/** A run that is stopped while it waits for its turn has no need of one. */
async function turnOf({ sql }: Workshop, signal: AbortSignal): Promise<() => void> {
  try {
    return await suspectsTurn(sql, signal);
  } catch (error) {
    if (signal.reason instanceof StoppedByReader) return () => {};
    throw error;
  }
}

const isStopped = (events: readonly Event[]) => events.some((event) => event.type === "stop-requested" && event.kind === "now");

/** A run that ended its worker this often at the same place is set aside, so that it does not take the next one down too. */
const mostDeaths = 3;

/** How many workers this run had since it last came further that are gone, and did not leave in order. */
function deathsWithoutProgress(events: readonly Event[]): number {
  const progress = events.findLastIndex(isProgress);
  const wentOn = events[progress]?.type;
  let deaths = wentOn === undefined || wentOn === "run-paused" ? 0 : 1;
  for (const { type } of events.slice(progress + 1)) {
    if (type === "run-started") deaths += 1;
    if (type === "worker-left") deaths -= 1;
  }
  return deaths;
}

/** A run that waits for a model server, or is paused, makes none, but it is not what ends its worker. */
const isProgress = (event: Event): boolean =>
  event.type === "run-paused" ||
  event.type === "step-ended" ||
  event.type === "tool-returned" ||
  event.type === "context-compacted" ||
  (event.type === "model-failed" && event.untilBack === true);

/** A catch-all: whatever a run dies of becomes its honest end. What means "not my run any more" is thrown on. */
async function endingOf(shop: Workshop, journal: Journal, runs: AgentRuns, signal: AbortSignal): Promise<Ending> {
  try {
    const { heavy: plan, rewrite } = firstOf(journal.events, "run-queued");
    if (rewrite) return { kind: "answered", answer: await standing(shop.sql, rewrite.reportId) };
    const answer = plan ? await heavy(runs.heavy(plan)) : await react(runs.main());
    return { kind: "answered", answer };
  } catch (thrown) {
    const error = signal.aborted ? signal.reason : thrown;
    if (error instanceof StoppedByReader) return { kind: "stopped", answer: answerIn(journal.events) };
    if (thrown instanceof ModelGaveUp) return { kind: "no-model", failure: thrown.failure };
    if (isNotOurs(error, signal)) throw error;
    return { kind: "crashed", error, answer: answerIn(journal.events) };
  }
}

/** A report that is written again has its answer: it is only to be said otherwise. */
async function standing(sql: Sql, reportId: string): Promise<Answer> {
  return { text: (await reportById(sql, reportId))?.markdown ?? null, forced: null };
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

/** Stores the report, where there is one, and ends the run. */
async function conclude(
  shop: Workshop,
  journal: Journal,
  claim: { runId: string; epoch: number },
  { end: { status, termination, detail }, draft }: Made,
): Promise<void> {
  const { heavy: plan, rewrite } = firstOf(journal.events, "run-queued");
  const report =
    draft &&
    writeReport(draft, {
      model: (plan || rewrite) && shop.synthesisModel ? shop.synthesisModel.card.name : shop.model.card.name,
      judge: draft.judge,
      rewrite: rewrite ? { reportId: rewrite.reportId, version: rewrite.version, wishes: rewrite.wishes } : null,
      at: (shop.clock?.() ?? new Date()).toISOString(),
    });
  await shop.writer.settled();
  const { usage } = runView(journal.events);
  await finish(shop.sql, { ...claim, lastSeq: journal.lastSeq, status, termination, detail, usage, report, clock: shop.clock });
}
