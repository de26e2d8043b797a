import type { Sql } from "postgres";
import type { CheckUp } from "#lib/domain/check-up.ts";
import type { Env } from "#lib/env.ts";
import { checkUp } from "./check-up.ts";
import { toldTools } from "./told-tools.ts";

/** Long enough that two readers of one page share a check, short enough that a repair shows at once. */
const keepMs = 5_000;

interface Check {
  outcome: Promise<CheckUp>;
  endedAt: number | null;
}

let last: Check | undefined;

/**
 * A check that is under way is everybody's: it loads the servers once, however many ask. A finished one is given again for 5 s, unless it is
 * to be `fresh`. Nobody's leaving ends it.
 */
export function recentCheckUp(env: Env, sql: Sql, { fresh }: { fresh: boolean }): Promise<CheckUp> {
  const isUsable = last && (last.endedAt === null || (!fresh && performance.now() - last.endedAt < keepMs));
  if (last && isUsable) return last.outcome;
  const check: Check = { outcome: checkUp(env, sql, new AbortController().signal, { tools: toldTools(sql) }), endedAt: null };
  last = check;
  check.outcome.then(
    () => (check.endedAt = performance.now()),
    () => (last = undefined), // a check that threw is asked anew
  );
  return check.outcome;
}
