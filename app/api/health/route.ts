import { database } from "#db/database.ts";
import { livingWorkers } from "#db/queries/workers.ts";
import { env } from "#lib/env.ts";
import { modelReadiness } from "#lib/model/readiness.ts";

export const dynamic = "force-dynamic";

/** 200 when web, database and a worker are alive; a run can wait for its model. It names states only, so it needs no viewer. */
export async function GET(): Promise<Response> {
  const [workers, { state: model }] = await Promise.all([livingWorkers(database().sql).catch(() => null), modelReadiness(env())]);
  const parts = { web: "ok", database: workers === null ? "unreachable" : "ok", worker: workers ? "ok" : "none", model };
  const healthy = Boolean(workers);
  return Response.json(
    { status: healthy ? "ok" : "degraded", ...parts },
    { status: healthy ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
