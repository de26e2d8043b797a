import { database } from "#db/database.ts";
import { storedLog } from "#lib/runs/stored-log.ts";
import { route } from "#lib/web/route.ts";

/** The trace as JSON lines, one event a line. */
export const GET = route<{ runId: string }>(async ({ viewer, params }) => {
  const log = await storedLog(database(), viewer, params.runId);
  const headers = {
    "content-type": "application/jsonl; charset=utf-8",
    "content-disposition": `attachment; filename="trace-${params.runId}.jsonl"`,
  };
  return new Response(log.map((event) => `${event}\n`).join(""), { headers });
});
