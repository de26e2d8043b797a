import { database } from "#db/database.ts";
import { getRun } from "#db/queries/runs.ts";
import { storedLog } from "#lib/runs/stored-log.ts";
import { AppError } from "#lib/std/app-error.ts";
import { route } from "#lib/web/route.ts";

/** The trace as JSON lines, one event a line. */
export const GET = route<{ runId: string }>(async ({ viewer, params }) => {
  const { sql } = database();
  if (!(await getRun(sql, viewer, params.runId))) throw new AppError("not-found", "There is no such run.");
  const log = await storedLog(sql, params.runId);
  const headers = {
    "content-type": "application/jsonl; charset=utf-8",
    "content-disposition": `attachment; filename="trace-${params.runId}.jsonl"`,
  };
  return new Response(log.map((event) => `${event}\n`).join(""), { headers });
});
