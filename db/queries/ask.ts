import type { TransactionSql } from "postgres";
import type { Budget } from "#lib/domain/budget.ts";
import { type HeavyPlan, heavyPlanSchema } from "#lib/domain/heavy.ts";
import type { Viewer } from "#lib/domain/viewer.ts";
import { isUuid } from "#lib/std/is-uuid.ts";
import { mostSearchText, searchVector } from "#lib/std/search-vector.ts";

/** Inserts a queued run into the viewer's session and makes the question findable. An untitled session takes the question as its title. */
export async function insertRun(
  sql: TransactionSql,
  viewer: Viewer,
  runId: string,
  run: {
    sessionId: string;
    question: string;
    mode: string;
    heavy?: HeavyPlan | undefined;
    budget: Budget;
    rewrite?: { reportId: string } | undefined;
    idempotencyKey?: string | undefined;
  },
): Promise<"inserted" | "no-session" | "key-taken"> {
  if (!isUuid(run.sessionId)) return "no-session";
  const [session] = await sql`
    update sessions set updated_at = now(), search = case when length(search::text) < ${mostSearchText} then search || ${searchVector(run.question)}::tsvector else search end,
      title = case when title = '' then ${titleOf(run.question)} else title end
    where id = ${run.sessionId} and viewer_id = ${viewer.id} returning id`;
  if (!session) return "no-session";
  const usage = { calls: 0, promptTokens: 0, completionTokens: 0 };
  const rows = await sql`
    insert into runs (id, session_id, question, mode, heavy, rewrites, budget, usage, idempotency_key)
    values (${runId}, ${run.sessionId}, ${run.question}, ${run.mode}, ${run.heavy ? sql.json(run.heavy) : null}, ${run.rewrite?.reportId ?? null},
      ${sql.json({ ...run.budget })}, ${sql.json(usage)}, ${run.idempotencyKey ?? null})
    on conflict on constraint runs_idempotency do nothing returning id`;
  return rows.length === 1 ? "inserted" : "key-taken";
}

/** Runs that wait for a place, counted by one at a time, so that no number of questions at once goes past a limit. To be called in the transaction that adds one. */
export async function waitingRuns(sql: TransactionSql): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('dossier:waiting', 0))`;
  const [row] = await sql<{ waiting: number }[]>`select count(*)::int as waiting from runs where status = 'queued'`;
  return row?.waiting ?? 0;
}

/** Runs that ended within the last ten minutes: how fast places become free. */
export async function lateEnds(sql: TransactionSql): Promise<number> {
  const [row] = await sql<{ ended: number }[]>`select count(*)::int as ended from runs where ended_at > now() - interval '10 minutes'`;
  return row?.ended ?? 0;
}

/** What was asked under a key: the question, how it is to be worked on, and the ids of the files that came with it, in their order. */
export interface Asked {
  id: string;
  question: string;
  mode: string;
  heavy: HeavyPlan | null;
  /** The report that was to be written again. */
  rewrites: string | null;
  attachments: string[];
  /** sha256 of the request as it was sent; null for runs of a version that did not keep it. */
  requestHash: string | null;
}

export async function runWithKey(sql: TransactionSql, sessionId: string, key: string): Promise<Asked | null> {
  const [row] = await sql<Asked[]>`
    select id, question, mode, heavy, rewrites, array(select attachment_id from run_attachments where run_id = runs.id order by position) as attachments,
      (select data->>'requestHash' from events where run_id = runs.id and seq = 1) as "requestHash"
    from runs where session_id = ${sessionId} and idempotency_key = ${key}`;
  return row ? { ...row, heavy: heavyPlanSchema.nullable().parse(row.heavy) } : null;
}

/** The question's first line, cut at a word to at most 80 characters. */
export function titleOf(question: string): string {
  const line = question.trim().split("\n", 1)[0] ?? "";
  if (line.length <= 80) return line;
  const cut = line.slice(0, 80);
  return `${cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut}…`;
}
