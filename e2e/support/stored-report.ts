import { createHash, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { insertReport } from "#db/queries/reports.ts";
import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";

export interface StoredSource {
  title: string;
  text: string;
  url?: string;
  site?: string;
}
export interface StoredClaim {
  claim: string;
  /** The number of its source. */
  n: number;
  /** What of the source's text it rests on. */
  passage: string;
  status?: Citation["status"];
  reason?: string;
}
export interface StoredStep {
  thought: string;
  tool: string;
  arguments: Record<string, unknown>;
  observation: string;
}
export interface ReportToStore {
  question: string;
  /** By default the claims, each a paragraph with its mark. */
  markdown?: string;
  sources: readonly StoredSource[];
  claims: readonly StoredClaim[];
  steps?: readonly StoredStep[];
  more?: Partial<Pick<Report, "limitations" | "removedMarks" | "model" | "judge" | "kind" | "readOnly">>;
}

type LoggedFact = Record<string, unknown> & { type: string };

const at = "2026-11-22T11:20:00.000Z";

/** Puts a finished run with its log, its sources and its report into the database, as if it had been researched. */
export async function storeReport(sql: Sql, wanted: ReportToStore): Promise<{ reportId: string; runId: string; sessionId: string }> {
  const [sessionId, runId, reportId] = [randomUUID(), randomUUID(), randomUUID()];
  const { question } = wanted;
  const budget = { calls: 100, minutes: 150 };
  const usage = { calls: 1, promptTokens: 10, completionTokens: 10 };
  await sql`insert into sessions (id, viewer_id, title) values (${sessionId}, 'local', ${question.slice(0, 200)})`;
  await sql`
    insert into runs (id, session_id, question, mode, status, termination, budget, usage, steps, created_at, ended_at)
    values (${runId}, ${sessionId}, ${question}, 'react', 'done', 'answer', ${sql.json(budget)}, ${sql.json(usage)}, ${wanted.steps?.length ?? 0}, ${at}, ${at})`;
  const refs: SourceRef[] = [];
  for (const [index, source] of wanted.sources.entries()) refs.push(await storeSource(sql, runId, index + 1, source));
  const citations = wanted.claims.map((claim) => citationOf(claim, wanted.sources, refs));
  const report = {
    id: reportId,
    runId,
    version: 1,
    kind: "answer" as const,
    markdown: wanted.markdown ?? wanted.claims.map(({ claim, n }) => `${claim} [${n}]`).join("\n\n"),
    citations,
    sources: refs,
    readOnly: [],
    removedMarks: [],
    limitations: [],
    figures: [],
    model: "Tongyi-DeepResearch-30B-A3B",
    judge: null,
    rewrite: null,
    createdAt: at,
    ...wanted.more,
  };
  await sql.begin((transaction) => insertReport(transaction, report));
  await sql`update runs set report_id = ${reportId} where id = ${runId}`;
  for (const event of logOf(wanted, budget, reportId)) {
    const { seq, type, ...data } = event;
    await sql`insert into events (run_id, seq, type, at, data) values (${runId}, ${seq}, ${type}, ${at}, ${sql.json(data as never)})`;
  }
  return { reportId, runId, sessionId };
}

async function storeSource(sql: Sql, runId: string, n: number, { title, text, url = `https://source-${n}.example/`, site }: StoredSource) {
  const hash = createHash("sha256").update(text).digest("hex");
  const ref = { id: randomUUID(), n, url, title, site: site ?? `source-${n}.example`, hash, status: 200, fetchedAt: at };
  await sql`
    insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at)
    values (${ref.id}, ${runId}, ${n}, ${url}, ${url}, ${title}, ${ref.site}, ${text}, ${hash}, 200, ${at})`;
  return ref;
}

function citationOf(
  { claim, n, passage, status = "supported", reason }: StoredClaim,
  sources: readonly StoredSource[],
  refs: SourceRef[],
): Citation {
  const start = sources[n - 1]?.text.indexOf(passage) ?? -1;
  const ref = refs[n - 1];
  if (start < 0 || !ref) throw new Error(`Source ${n} does not hold the passage “${passage}”`);
  const span = { start, end: start + passage.length, text: passage };
  return { n, sourceId: ref.id, claim, passage: span, status, origin: "model", judge: "text", ...(reason !== undefined && { reason }) };
}

function logOf({ question, steps = [] }: ReportToStore, budget: object, reportId: string): (LoggedFact & { seq: number })[] {
  const model = { dialect: "tongyi", name: "Tongyi-DeepResearch-30B-A3B", window: 131_072 };
  const events: LoggedFact[] = [
    { type: "run-queued", question, mode: "react", budget },
    { type: "run-started", attempt: 1, worker: "worker-of-the-house", model, systemPrompt: "The prompt of the house" },
  ];
  for (const [index, step] of steps.entries()) events.push(...eventsOf(step, index + 1));
  events.push({ type: "report-written", reportId, version: 1, kind: "answer", citations: 0, sources: 0, removedMarks: [] });
  events.push({ type: "run-ended", status: "done", termination: "answer" });
  return events.map((event, index) => ({ ...event, seq: index + 1 }));
}

function eventsOf({ thought, tool, arguments: given, observation }: StoredStep, step: number): LoggedFact[] {
  const place = { lane: "main", step };
  const call = { ...place, callId: `call-${step}` };
  const end = { usage: null, finishReason: "stop", firstTextMs: 5, durationMs: 20 };
  const empty = { details: { kind: "search", queries: [] }, provider: "searxng", attempts: [], cacheHit: false, sourceIds: [] };
  return [
    { type: "step-ended", ...place, thought, raw: thought, move: { kind: "calls", calls: [{ tool, arguments: given }] }, ...end },
    { type: "tool-called", ...call, tool, arguments: given },
    { type: "tool-returned", ...call, outcome: { kind: "ok", text: observation }, durationMs: 30, ...empty },
  ];
}
