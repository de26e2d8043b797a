import { database } from "#db/database.ts";
import { getReport } from "#db/queries/reports.ts";
import { heavyPlanOf, newRunSchema } from "#lib/domain/new-run.ts";
import { env } from "#lib/env.ts";
import { modelReadiness } from "#lib/model/readiness.ts";
import { ask } from "#lib/runs/ask.ts";
import { limitedBudget } from "#lib/runs/limited-budget.ts";
import { AppError } from "#lib/std/app-error.ts";
import { keyFor } from "#lib/web/carry-out-once.ts";
import { house } from "#lib/web/house.ts";
import { route, sentBodyOf } from "#lib/web/route.ts";

export const POST = route<{ sessionId: string }>(async ({ request, viewer, params }) => {
  const { body, sent } = await sentBodyOf(request, newRunSchema);
  const { budget, lanes, strategy, partialRollouts, basis, ...question } = body;
  const model = await modelReadiness(env());
  if (model.state === "refused") throw new AppError("unavailable", `No run could use the model as it is set up. ${model.detail}.`);
  if (model.state === "quoting" && question.attachments.length > 0) throw noReader();
  const heavy = heavyPlanOf({ mode: question.mode, lanes, strategy, partialRollouts }, { lanes: env().HEAVY_LANES });
  const report = basis === undefined ? null : await getReport(database(), viewer, basis);
  if (basis !== undefined && report?.sessionId !== params.sessionId)
    throw new AppError("unprocessable", "basis: is no report of this session.", { field: "basis" });
  const asked = {
    ...question,
    heavy,
    sessionId: params.sessionId,
    idempotencyKey: keyFor(request, body),
    budget: limitedBudget(budget, env()),
    request: sent,
    ...(report && { basis: { reportId: report.id, question: report.question, markdown: report.markdown } }),
  };
  const run = await ask(database(), await house.queue, viewer, asked, { mostWaiting: env().MAX_WAITING_RUNS });
  return Response.json({ run }, { status: 202, headers: { location: `/api/runs/${run.id}` } });
});

const noReader = () =>
  new AppError(
    "unprocessable",
    "attachments: no language model is connected, and only one can read files. Leave them out, or connect one.",
    {
      field: "attachments",
    },
  );
