import { dataOf } from "./check-log.ts";
import type { Call, Invariant, RunHistory, Violation } from "./history.ts";

/** From the moment "stop now" is in the log, so long may a request still be open, or on its way, in milliseconds: I8. */
const stopWithinMs = 1_000;

/** What was asked of the model and the tools, against what was committed by then: I5 and I8. */
export function checkCalls(run: RunHistory): Violation[] {
  const found: Violation[] = [];
  const say = (invariant: Invariant, what: string) => void found.push({ invariant, runId: run.id, what });
  const committed = new Map<string, number>();
  let stoppedAt = Number.POSITIVE_INFINITY;
  /** The first start after the stop: whoever starts then has read it, and asks nobody. */
  let restartedAt = Number.POSITIVE_INFINITY;
  let failures = 0;
  for (const write of run.writes) {
    if (write.kind !== "inserted") continue;
    const data = dataOf(write);
    if (write.type === "step-ended") committed.set(`model ${data.lane} ${data.step}`, write.at);
    if (write.type === "tool-returned") committed.set(`tool ${data.callId}`, write.at);
    if (write.type === "model-failed") failures++;
    if (write.type === "run-started" && stoppedAt < write.at) restartedAt = Math.min(restartedAt, write.at);
    if (write.type === "stop-requested" && data.kind === "now") stoppedAt = Math.min(stoppedAt, write.at);
  }
  const again = (calls: readonly Call[], placeOf: (call: Call) => string | null, kind: string) => {
    for (const call of calls) {
      const place = placeOf(call);
      const at = place === null ? undefined : committed.get(place);
      if (at !== undefined && call.startedAt > at) say("I5", `${place} was committed and is asked for again`);
      const until = call.endedAt ?? Number.POSITIVE_INFINITY;
      if (call.startedAt > Math.min(restartedAt, stoppedAt + stopWithinMs)) say("I8", `a ${kind} call began after the stop`);
      else if (until > stoppedAt + stopWithinMs) say("I8", `a ${kind} call was not ended within a second of the stop`);
    }
    for (const [key, same] of Map.groupBy(calls, (call) => call.key))
      if (same.length > run.claims.length + failures)
        say("I5", `the ${kind} call ${key.slice(0, 40)} was made ${same.length} times by ${run.claims.length} workers`);
  };
  again(run.modelCalls, (call) => (call.step === null ? null : `model ${call.lane} ${call.step}`), "model");
  again(run.toolCalls, (call) => `tool ${call.key}`, "tool");
  return found;
}
