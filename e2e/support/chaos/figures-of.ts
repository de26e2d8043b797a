import { dataOf } from "./check-log.ts";
import type { Call, RunHistory } from "./history.ts";
import type { Death, Sweep } from "./sweep.ts";

/** What a sweep came to, in numbers. Times in milliseconds. */
export interface SweepFigures {
  kills: number;
  runs: number;
  ends: Record<string, number>;
  /** From the death of a worker to the next event of a run that it had, by another one. */
  takeovers: number;
  takeoverP50: number;
  takeoverP95: number;
  takeoverMost: number;
  stops: number;
  /** From the moment "stop now" was asked for to the end of the last request to the model, a worker's death in between included. */
  stopP50: number;
  stopP99: number;
  modelCalls: number;
  modelCallsAgain: number;
  toolCalls: number;
  toolCallsAgain: number;
}

export function figuresOf({ runs, deaths, stops }: Sweep): SweepFigures {
  const takeovers = deaths.flatMap((death) => runs.flatMap((run) => takeoverOf(run, death, deaths) ?? []));
  const stopTimes = stops.flatMap(({ runId, at }) => runs.filter((run) => run.id === runId).map((run) => stopOf(run, at)));
  const calls = (which: "modelCalls" | "toolCalls") => runs.reduce((sum, run) => sum + run[which].length, 0);
  const again = (which: "modelCalls" | "toolCalls") => runs.reduce((sum, run) => sum + repeatsIn(run[which]), 0);
  return {
    kills: deaths.length,
    runs: runs.length,
    ends: Object.fromEntries([...Map.groupBy(runs, (run) => terminationOf(run))].map(([end, same]) => [end, same.length])),
    takeovers: takeovers.length,
    takeoverP50: quantile(takeovers, 0.5),
    takeoverP95: quantile(takeovers, 0.95),
    takeoverMost: quantile(takeovers, 1),
    stops: stops.length,
    stopP50: quantile(stopTimes, 0.5),
    stopP99: quantile(stopTimes, 0.99),
    modelCalls: calls("modelCalls"),
    modelCallsAgain: again("modelCalls"),
    toolCalls: calls("toolCalls"),
    toolCallsAgain: again("toolCalls"),
  };
}

/** Null where the worker had not got this run, or had ended it, or whoever took it over died as well before it wrote. */
function takeoverOf({ writes, claims }: RunHistory, { id, at }: Death, deaths: readonly Death[]): number | null {
  if (claims.findLast((claim) => claim.at <= at)?.worker !== id) return null;
  if (writes.some((write) => write.at <= at && write.type === "run-ended")) return null;
  const heir = claims.find((claim) => claim.at > at && claim.worker !== null)?.worker;
  const next = writes.find((write) => write.at > at && write.writer === heir);
  const heirsDeath = deaths.find((death) => death.id === heir)?.at ?? Number.POSITIVE_INFINITY;
  return next && next.at < heirsDeath ? next.at - at : null;
}

/** From the request to stop to the end of the last call of the model that was open then or began after it; 0 where there was none. */
const stopOf = ({ modelCalls }: RunHistory, at: number): number =>
  Math.max(0, ...modelCalls.map((call) => (call.endedAt ?? Number.POSITIVE_INFINITY) - at));

const repeatsIn = (calls: readonly Call[]) => calls.length - new Set(calls.map((call) => call.key)).size;

const terminationOf = ({ log }: RunHistory): string => {
  const end = log.at(-1);
  return end?.type === "run-ended" ? String(dataOf(end).termination) : "none";
};

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN);
}
