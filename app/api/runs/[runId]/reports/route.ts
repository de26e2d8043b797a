import { database } from "#db/database.ts";
import { versionsOf } from "#db/queries/reports.ts";
import { newVersionSchema } from "#lib/domain/new-version.ts";
import { env } from "#lib/env.ts";
import { limitedBudget } from "#lib/runs/limited-budget.ts";
import { rewriteReport, writersOf } from "#lib/runs/rewrite-report.ts";
import { AppError } from "#lib/std/app-error.ts";
import { keyFor } from "#lib/web/carry-out-once.ts";
import { house } from "#lib/web/house.ts";
import { bodyOf, route } from "#lib/web/route.ts";

/** The versions of a run's report, oldest first, and the models that can write another one. */
export const GET = route<{ runId: string }>(async ({ viewer, params }) => {
  const versions = await versionsOf(database(), viewer, params.runId);
  if (versions.length === 0) throw new AppError("not-found", "There is no such run, or it has no report.");
  const items = versions.map(({ id, version, kind, model, judge, rewrite, createdAt }) => ({
    id,
    version,
    kind,
    model,
    judge,
    rewrite,
    createdAt,
  }));
  return Response.json({ items, next: null, models: writersOf(env()) });
});

export const POST = route<{ runId: string }>(async ({ request, viewer, params }) => {
  const body = await bodyOf(request, newVersionSchema);
  const wishes = { ...body, idempotencyKey: keyFor(request, body) };
  const run = await rewriteReport(database(), await house.queue, viewer, params.runId, wishes, {
    models: writersOf(env()),
    budget: limitedBudget({}, env()),
    mostWaiting: env().MAX_WAITING_RUNS,
  });
  return Response.json({ run }, { status: 202, headers: { location: `/api/runs/${run.id}` } });
});
