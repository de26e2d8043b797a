import { database } from "#db/database.ts";
import { livingWorkers } from "#db/queries/workers.ts";
import { env } from "#lib/env.ts";
import { isConnected } from "#lib/model/choose.ts";

export const dynamic = "force-dynamic";

/** 200 when web, database and a worker are alive. It names states only, so it needs no viewer. */
export async function GET(): Promise<Response> {
  const workers = await livingWorkers(database().sql).catch(() => null);
  const model = isConnected(env()) ? "connected" : "quoting";
  const parts = { web: "ok", database: workers === null ? "unreachable" : "ok", worker: workers ? "ok" : "none", model };
  const healthy = Boolean(workers);
  return Response.json(
    { status: healthy ? "ok" : "degraded", ...parts },
    { status: healthy ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
