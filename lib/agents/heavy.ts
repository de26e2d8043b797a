import type { Event, Fact, ForcedBy } from "#lib/domain/event.ts";
import { researchersOf, type StrategyName, synthesisLane } from "#lib/domain/heavy.ts";
import { hasContent, laneOutcomes, laneTrouble } from "#lib/domain/lane-outcome.ts";
import type { HeavyRun } from "./heavy-run.ts";
import { LaneGivenUp, type LaneWatch, laneWatch } from "./lane-watch.ts";
import type { Answer } from "./loop.ts";
import { ModelGaveUp } from "./model-gave-up.ts";
import { sideBySide } from "./side-by-side.ts";
import { parallelMuse } from "./strategies/parallel-muse.ts";
import { researchSynthesis } from "./strategies/research-synthesis.ts";
import type { Strategy } from "./strategies/strategy.ts";

const strategies: Record<StrategyName, Strategy> = { "research-synthesis": researchSynthesis, "parallel-muse": parallelMuse };

/**
 * Heavy: several lanes on one question, side by side, then one answer from what they came to. A lane that fails does not fail the run. From
 * wherever the log stands: a lane that has ended is not begun again, the others go on from their last step.
 */
export async function heavy(run: HeavyRun): Promise<Answer> {
  const strategy = strategies[run.plan.strategy];
  await researchAll(run, strategy);
  const lanes = laneOutcomes(run.events);
  if (!lanes.some(hasContent)) return { text: null, forced: forcedBy(run.events), why: lanes.map(laneTrouble).join(" ") };
  if (!run.events.some((event) => event.type === "lane-started" && event.lane === synthesisLane))
    void run.append({ type: "lane-started", lane: synthesisLane });
  try {
    const { text, forced } = await strategy.synthesize(run);
    if (text !== null && text.trim() !== "") return { text, forced: forcedBy(run.events) };
    return { text: sideBySide(run.events), forced, unsynthesized: "The model gave no answer, also when it was told to." };
  } catch (error) {
    if (!(error instanceof ModelGaveUp)) throw error;
    return { text: sideBySide(run.events), forced: null, unsynthesized: `The model could not be reached. ${error.failure.detail}.` };
  }
}

/** Resolves when every lane has ended, by itself or because it was given up. The first that cannot go on here ends the others. */
async function researchAll(run: HeavyRun, strategy: Strategy): Promise<void> {
  const open = researchersOf(run.plan).filter((name) => !hasEnded(run.events, name));
  const failed = new AbortController();
  const watched = { ...run, signal: AbortSignal.any([run.signal, failed.signal]) };
  const watch = laneWatch(watched, researchersOf(run.plan));
  for (const name of researchersOf(run.plan)) if (!open.includes(name)) watch.leave(name);
  try {
    const lanes = open.map((name) =>
      research(watched, strategy, name, watch).catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
    const ended = await Promise.allSettled(lanes);
    run.signal.throwIfAborted();
    if (ended.some((each) => each.status === "rejected")) throw failed.signal.reason;
  } finally {
    watch.stop();
  }
}

async function research(run: HeavyRun, strategy: Strategy, name: string, watch: LaneWatch): Promise<void> {
  const signal = watch.signalOf(name);
  let end: Fact;
  try {
    const begun = run.events.find((event) => event.type === "lane-started" && event.lane === name);
    const branch = begun?.type === "lane-started" ? (begun.branch ?? null) : ((await strategy.branchOf?.(run, name, signal)) ?? null);
    if (!begun && isFinishing(run.events) && run.events.some((event) => event.type === "lane-started")) {
      watch.leave(name);
      return await run.append({ type: "lane-ended", lane: name, end: "unanswered", answer: null, forced: "request", detail: notBegun });
    }
    if (!begun) void run.append({ type: "lane-started", lane: name, ...(branch && { branch }) });
    const answer = await strategy.research(watch.heard(run.lane(name, { writes: strategy.writes, signal })), branch);
    end = answered(name, answer);
  } catch (error) {
    run.signal.throwIfAborted();
    if (run.isFatal(error)) throw error;
    end = brokenOff(name, signal.aborted ? signal.reason : error);
  }
  watch.leave(name);
  await run.append(end);
}

/** One forced answer out of nothing adds nothing to what the others have. */
const notBegun = "It had not begun when you asked to finish";
const isFinishing = (events: readonly Event[]) => events.some((event) => event.type === "stop-requested" && event.kind === "finish");

function answered(lane: string, { text, forced }: Answer): Fact {
  const common = { type: "lane-ended" as const, lane, ...(forced && { forced }) };
  if (text !== null && text.trim() !== "") return { ...common, end: "answered", answer: text };
  return { ...common, end: "unanswered", answer: null, detail: "The model gave no answer, also when it was told to" };
}

function brokenOff(lane: string, error: unknown): Fact {
  const fact = { type: "lane-ended" as const, lane, answer: null };
  if (error instanceof LaneGivenUp) return { ...fact, end: error.end, detail: error.message };
  if (error instanceof ModelGaveUp) return { ...fact, end: "failed", detail: error.failure.detail };
  return { ...fact, end: "failed", detail: `Dossier failed in it: ${error instanceof Error ? error.message : String(error)}` };
}

const hasEnded = (events: readonly Event[], lane: string) => events.some((event) => event.type === "lane-ended" && event.lane === lane);

/** What the whole run was told to answer by: the reader's wish, or the limit that every lane ran into. */
function forcedBy(events: readonly Event[]): ForcedBy | null {
  if (isFinishing(events)) return "request";
  const reasons = events.flatMap((event) => (event.type === "lane-ended" ? [event.forced ?? null] : []));
  const [first = null] = reasons;
  return reasons.every((reason) => reason === first) ? first : null;
}
