import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { appendEvents, type EventRow } from "#db/queries/events.ts";

/** A run whose log a bench writes itself: it has a session of its own and belongs to nobody's worker. */
export interface OwnRun {
  runId: string;
  sessionId: string;
  row: (type: string, data: Record<string, unknown>) => EventRow;
  append: (...rows: EventRow[]) => Promise<void>;
}

/** Puts such a run into the database, running. */
export async function ownRun(sql: Sql): Promise<OwnRun> {
  const [runId, sessionId] = [randomUUID(), randomUUID()];
  await sql`insert into sessions (id, viewer_id, title) values (${sessionId}, 'local', 'A long run')`;
  // Dated ahead: a run without a job is otherwise brought to a worker after ten seconds.
  await sql`insert into runs (id, session_id, question, mode, status, budget, usage, epoch, created_at) values (${runId}, ${sessionId}, 'A long run?', 'react', 'running',
    ${sql.json({ calls: 1000, minutes: 1000 })}, ${sql.json({ calls: 0, promptTokens: 0, completionTokens: 0 })}, 1, now() + interval '1 day')`;
  let seq = 0;
  return {
    runId,
    sessionId,
    row: (type, data) => ({ runId, epoch: 1, seq: ++seq, type, at: new Date().toISOString(), data }),
    async append(...rows) {
      for (let start = 0; start < rows.length; start += 500) await appendEvents(sql, rows.slice(start, start + 500), []);
    },
  };
}

const words =
  "the harbour board reports that depth was nine metres while council minutes name another year and newspapers of the time confirm neither cost nor silt survey tender dredger contract storm pier ledger archive".split(
    " ",
  );

/** The events of a run with so many of them: steps as runs have them, with a thought, a call and what it returned, of words drawn anew each time. */
export function longLog(run: OwnRun, count: number): EventRow[] {
  let state = 17;
  const draw = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const text = (length: number) =>
    Array.from({ length }, () => `${words[draw(words.length)]}${draw(7) === 0 ? ` ${draw(10_000)}.` : ""}`).join(" ");
  const rows = [
    run.row("run-queued", { question: "A long run?", mode: "react", budget: { calls: 1000, minutes: 1000 } }),
    run.row("run-started", { attempt: 1, worker: "bench", model: { dialect: "tongyi", name: "bench", window: 131_072 }, systemPrompt: "" }),
  ];
  for (let step = 1; rows.length < count - 3; step++) {
    const place = { lane: "main", step };
    const call = { ...place, callId: `main-${step}` };
    const thought = text(12);
    const query = [text(3)];
    const hits = [0, 1].map((hit) => ({
      title: text(4),
      url: `https://site${hit}.example/${step}`,
      site: `site${hit}.example`,
      snippet: text(6),
    }));
    rows.push(
      run.row("step-ended", {
        ...place,
        thought,
        raw: `<think>${thought}</think>`,
        move: { kind: "calls", calls: [{ tool: "search", arguments: { query } }] },
        usage: { promptTokens: 1000 + step, completionTokens: 100 },
        finishReason: "stop",
        firstTextMs: 100,
        durationMs: 2_000,
      }),
      run.row("tool-called", { ...call, tool: "search", arguments: { query } }),
      run.row("tool-returned", {
        ...call,
        outcome: { kind: "ok", text: hits.map((hit) => hit.snippet).join("\n") },
        details: { kind: "search", queries: [{ query: query[0], provider: "searxng", hits, attempts: [] }] },
        provider: "searxng",
        attempts: [],
        cacheHit: false,
        durationMs: 700,
        sourceIds: [],
      }),
    );
  }
  return rows;
}

/** The last event of a run that is over. */
export const endOf = (run: OwnRun): EventRow => run.row("run-ended", { status: "done", termination: "answer" });
