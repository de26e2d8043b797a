import { database } from "#db/database.ts";
import { newRunSchema } from "#lib/domain/new-run.ts";
import { env } from "#lib/env.ts";
import { modelReadiness } from "#lib/model/readiness.ts";
import { ask } from "#lib/runs/ask.ts";
import { AppError } from "#lib/std/app-error.ts";
import { house } from "#lib/web/house.ts";
import { bodyOf, route } from "#lib/web/route.ts";

export const POST = route<{ sessionId: string }>(async ({ request, viewer, params }) => {
  const { budget, ...question } = await bodyOf(request, newRunSchema);
  const model = await modelReadiness(env());
  if (model.state === "refused") throw new AppError("unavailable", `No run could use the model as it is set up. ${model.detail}.`);
  if (model.state === "quoting" && question.attachments.length > 0) throw noReader();
  const most = { calls: env().MAX_LLM_CALLS, minutes: env().MAX_RUN_MINUTES };
  const limited = {
    calls: Math.min(budget.calls ?? most.calls, most.calls),
    minutes: Math.min(budget.minutes ?? most.minutes, most.minutes),
  };
  const asked = { ...question, sessionId: params.sessionId, budget: limited };
  const run = await ask(database(), await house.queue, viewer, asked);
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
