import { parseArgs } from "node:util";
import { openDatabase } from "#db/client.ts";
import { listSessions } from "#db/queries/sessions.ts";
import { quantile } from "./support/numbers.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * The list and the search of a house that has been used for long: 10,000 runs in 5,000 sessions, a million events.
 *
 *   node bench/history.ts [--runs 10000] [--events 100]
 *
 * Prints p50 and p95 of a page of the list, of the tenth page, and of a search, in milliseconds, beside one `select 1` of the same connection.
 */
const { values } = parseArgs({ options: { runs: { type: "string", default: "10000" }, events: { type: "string", default: "100" } } });
const runs = Number(values.runs);

await using house = new AsyncDisposableStack();
const { url } = await openDatabaseFor(house);
const db = openDatabase(url);
house.defer(() => db.end());
const { sql } = db;
await sql`
  insert into sessions (id, viewer_id, title, search, created_at, updated_at)
  select gen_random_uuid(), 'local', 'Question ' || n || ' about harbour ' || n % 977,
    to_tsvector('simple', 'question ' || n || ' harbour ' || n % 977 || ' depth dredged word' || n % 3001), now() - n * interval '7 minutes', now() - n * interval '7 minutes'
  from generate_series(1, ${Math.ceil(runs / 2)}) n`;
await sql`
  insert into runs (id, session_id, question, mode, status, termination, budget, usage, steps, created_at, ended_at)
  select gen_random_uuid(), sessions.id, sessions.title, 'react', 'done', 'answer', '{"calls": 100, "minutes": 150}', '{"calls": 9, "promptTokens": 1, "completionTokens": 1}', 9,
    sessions.created_at + k * interval '1 minute', sessions.created_at + k * interval '2 minutes'
  from sessions, generate_series(1, 2) k`;
await sql`
  insert into events (run_id, seq, type, at, data)
  select runs.id, seq, 'tool-returned', now(), jsonb_build_object('lane', 'main', 'step', seq, 'text', repeat('observation ', 20))
  from runs, generate_series(1, ${Number(values.events)}::int) seq`;
await sql`analyze`;
const viewer = { id: "local" };

async function times(doing: () => Promise<unknown>): Promise<string> {
  const all: number[] = [];
  for (let n = 0; n < 60; n++) {
    const began = performance.now();
    await doing();
    all.push(performance.now() - began);
  }
  const [, ...warm] = all;
  return `p50 ${quantile(warm, 0.5).toFixed(1)} ms, p95 ${quantile(warm, 0.95).toFixed(1)} ms`;
}

let cursor: string | undefined;
for (let page = 0; page < 9; page++) cursor = (await listSessions(db, viewer, { ...(cursor && { cursor }) })).next ?? undefined;
const [events] = await sql<{ n: number }[]>`select count(*)::int as n from events`;
console.log(`${runs} runs, ${events?.n} events`);
console.log(`select 1          ${await times(() => sql`select 1`)}`);
console.log(`first page        ${await times(() => listSessions(db, viewer, {}))}`);
console.log(`tenth page        ${await times(() => listSessions(db, viewer, { ...(cursor && { cursor }) }))}`);
let word = 0;
const rareWord = () => {
  word += 37;
  return `word${word % 3001}`;
};
console.log(`search, one word  ${await times(() => listSessions(db, viewer, { q: rareWord() }))}`);
console.log(`search, common    ${await times(() => listSessions(db, viewer, { q: "harbour" }))}`);
console.log(`search, half word ${await times(() => listSessions(db, viewer, { q: "harb dep" }))}`);
