import type { HeavyRun } from "#lib/agents/heavy-run.ts";
import type { Event, EventOf } from "#lib/domain/event.ts";
import { type Branch, isBranch, numberOf, researcherOf } from "#lib/domain/heavy.ts";

/** Upstream's k: the steps of the first lane that are done again. */
const mostPoints = 2;
/** Often enough for a lane that takes minutes, and rare enough to cost nothing. */
const lookEveryMs = 100;

const initial = researcherOf(1);

/**
 * Where a lane of a run with partial rollouts begins: the first and the last of three and more with the question, those between before one of
 * the first lane's most uncertain calls, for which they wait until that lane has ended, however it did. The log alone decides, so a resumed
 * run gives the same. Null: with the question, also where the server told no probabilities or the reader wants what
 * there is.
 */
export async function branchOf(run: HeavyRun, name: string, signal: AbortSignal): Promise<Branch | null> {
  const number = numberOf(name);
  if (number === null || !isBranch(run.plan, number)) return null;
  let read = 0;
  for (;;) {
    const fresh = run.events.slice(read);
    read += fresh.length;
    if (fresh.some((event) => event.type === "lane-ended" && event.lane === initial)) break;
    if (fresh.some((event) => event.type === "stop-requested" && event.kind === "finish")) return null;
    await run.wait(lookEveryMs, signal);
    signal.throwIfAborted();
  }
  const points = branchPoints(run.events);
  const beforeStep = points[(number - 2) % points.length];
  return beforeStep === undefined ? null : { lane: initial, beforeStep };
}

/**
 * The steps of the first lane to branch before, the most uncertain first: those that called tools, by how unsure the model was of the call. Where
 * no server could tell that, by how unsure it was of the whole turn; the two are not compared. Of equal ones the earlier comes first.
 */
export function branchPoints(events: Iterable<Event>): number[] {
  const steps: EventOf<"step-ended">[] = [];
  for (const event of events) if (event.type === "step-ended" && event.lane === initial && event.move.kind === "calls") steps.push(event);
  const by = (part: "call" | "all") =>
    steps.flatMap(({ step, uncertainty }) => {
      const value = uncertainty?.[part] ?? null;
      return value === null ? [] : [{ step, value }];
    });
  const ofCalls = by("call");
  return (ofCalls.length > 0 ? ofCalls : by("all"))
    .sort((one, other) => other.value - one.value || one.step - other.step)
    .slice(0, mostPoints)
    .map(({ step }) => step);
}
