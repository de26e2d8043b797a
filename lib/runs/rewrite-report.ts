import type { PgBoss } from "pg-boss";
import type { Database } from "#db/client.ts";
import { versionsOf } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import type { Budget } from "#lib/domain/budget.ts";
import { type NewVersion, rewriteTitle } from "#lib/domain/new-version.ts";
import type { Run } from "#lib/domain/run.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import type { Env } from "#lib/env.ts";
import { writingModels } from "#lib/model/set-servers.ts";
import { AppError } from "#lib/std/app-error.ts";
import { ask } from "./ask.ts";

/** Minutes that writing a report may take: ten parts, each with its thought. */
const mostMinutes = 60;

/** The names of the models that can write a report on this server. */
export const writersOf = (env: Env): string[] => (env.REPORT_WRITER === "on" ? writingModels(env) : []);

/**
 * Asks for the next version of a run's report, from the same evidence: a run of its own in the same session that researches nothing, so that it
 * is seen, stopped and taken up like any other. `models`: the names of those that can write; `budget`: what this server allows a run.
 */
export async function rewriteReport(
  db: Database,
  queue: PgBoss,
  viewer: Viewer,
  runId: string,
  { from, idempotencyKey, ...wishes }: NewVersion,
  { models, budget, mostWaiting }: { models: readonly string[]; budget: Budget; mostWaiting?: number },
): Promise<Run> {
  if (models.length === 0)
    throw new AppError(
      "unavailable",
      "No language model writes reports here: none is connected, or REPORT_WRITER is off. Only one can write a report again.",
    );
  if (wishes.model !== undefined && !models.includes(wishes.model))
    throw new AppError("unprocessable", `model: must be one of ${models.join(", ")}`, { field: "model" });
  const run = await getRun(db.sql, viewer, runId);
  const versions = await versionsOf(db, viewer, runId);
  const report = from === undefined ? versions.at(-1) : versions.find(({ id }) => id === from);
  if (!run || versions.length === 0) throw new AppError("not-found", "There is no such run, or it has no report.");
  if (!report) throw new AppError("unprocessable", "from: is no version of this report.", { field: "from" });
  const asked = {
    sessionId: run.sessionId,
    question: rewriteTitle(wishes),
    mode: "react" as const,
    budget: { ...budget, minutes: Math.min(budget.minutes, mostMinutes) },
    rewrite: { reportId: report.id, runId: report.runId, version: report.version, wishes },
    idempotencyKey,
    request: { from: report.id, wishes },
  };
  return ask(db, queue, viewer, asked, { ...(mostWaiting !== undefined && { mostWaiting }) });
}
