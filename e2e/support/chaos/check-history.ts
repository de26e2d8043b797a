import { checkCalls } from "./check-calls.ts";
import { checkClient } from "./check-client.ts";
import { checkLog } from "./check-log.ts";
import { checkWrites } from "./check-writes.ts";
import type { RunHistory, Violation } from "./history.ts";

/**
 * Decides the invariants of docs/decisions/035 over the whole history of runs that were left in peace until they had ended. Pure. An empty
 * list: none is violated.
 */
export function checkHistory(runs: readonly RunHistory[]): Violation[] {
  return [
    ...runs.flatMap((run) => [
      ...checkLog(run),
      ...checkWrites(run),
      ...checkCalls(run),
      ...run.clients.flatMap((client) => checkClient(run, client)),
    ]),
    ...checkSubmits(runs),
  ];
}

/** I7: what was submitted under one key is one run. */
function checkSubmits(runs: readonly RunHistory[]): Violation[] {
  const byKey = Map.groupBy(
    runs.flatMap((run) => run.submits),
    (submit) => submit.key,
  );
  return [...byKey].flatMap(([key, submits]) => {
    const ids = new Set(submits.map((submit) => submit.runId));
    return ids.size <= 1
      ? []
      : [{ invariant: "I7" as const, runId: submits[0]?.runId ?? "", what: `the key ${key} became ${ids.size} runs` }];
  });
}
