import { createHash, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { Database } from "#db/client.ts";
import { type FigureRef, figureRefSchema } from "#lib/domain/figure.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";

const columns = (sql: Sql) => sql`figures.id, figures.n, figures.name, figures.width, figures.height`;

/** Stores a picture and numbers it. The same bytes in the same run are the same picture. Calls for one run must not overlap. */
export async function keepFigure(
  sql: Sql,
  runId: string,
  figure: { name: string; width: number; height: number; bytes: Uint8Array },
): Promise<FigureRef> {
  const hash = createHash("sha256").update(figure.bytes).digest("hex");
  await sql`
    insert into figures (id, run_id, n, name, hash, width, height, bytes)
    select ${randomUUID()}, ${runId}, coalesce(max(n), 0) + 1, ${figure.name}, ${hash}, ${figure.width}, ${figure.height}, ${Buffer.from(figure.bytes)}
    from figures where run_id = ${runId}
    on conflict (run_id, hash) do nothing`;
  const [row] = await sql`select ${columns(sql)} from figures where run_id = ${runId} and hash = ${hash}`;
  return figureRefSchema.parse(row);
}

/** The pictures of a run, in the order of making. */
export async function figuresOf(sql: Sql, runId: string): Promise<FigureRef[]> {
  const rows = await sql`select ${columns(sql)} from figures where run_id = ${runId} order by n`;
  return rows.map((row) => figureRefSchema.parse(row));
}

/** The bytes of a picture, a PNG; null when there is none, or it belongs to somebody else's run. */
export async function figureBytes(db: Database, viewer: Viewer, id: string): Promise<Uint8Array | null> {
  if (!isUuid(id)) return null;
  const [row] = await db.sql<{ bytes: Uint8Array }[]>`
    select figures.bytes from figures join runs on runs.id = figures.run_id join sessions on sessions.id = runs.session_id
    where figures.id = ${id} and sessions.viewer_id = ${viewer.id}`;
  return row?.bytes ?? null;
}

/** The same for whoever may see the report that shows it. */
export async function figureOfRun(sql: Sql, runId: string, n: number): Promise<Uint8Array | null> {
  const [row] = await sql<{ bytes: Uint8Array }[]>`select bytes from figures where run_id = ${runId} and n = ${n}`;
  return row?.bytes ?? null;
}
