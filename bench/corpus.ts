import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { seeded } from "#e2e/support/servers/fake-model/seeded.ts";
import { searchCorpus } from "#lib/sources/corpus.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * How long a search of the corpus takes, beside a full scan for the query's rarest word on the same database in the same run:
 *
 *   node bench/corpus.ts [--documents 50000] [--queries 200]
 *
 * Documents have 150 words from a vocabulary of 40,000 whose frequencies fall as those of a language do (Zipf); queries have 3 to 12.
 */
const { values } = parseArgs({ options: { documents: { type: "string", default: "50000" }, queries: { type: "string", default: "200" } } });
const documents = Number(values.documents);
const vocabulary = 40_000;

await using house = new AsyncDisposableStack();
const server = await openDatabaseFor(house);
const sql = postgres(server.url, { max: 4, onnotice: () => {} });
house.defer(() => sql.end());

const random = seeded(5);
/** Rank r comes up with a frequency of about 1/r. */
const word = () => `w${Math.floor(vocabulary ** random()).toString(36)}`;
const words = (count: number) => Array.from({ length: count }, word).join(" ");

const folder = await mkdtemp(join(tmpdir(), "corpus "));
house.defer(() => rm(folder, { recursive: true, force: true }));
const lines = Array.from({ length: documents }, (_, index) =>
  JSON.stringify({ title: words(5), url: `https://c.test/${index}`, text: words(150) }),
);
await writeFile(join(folder, "documents.jsonl"), lines.join("\n"));
const loading = performance.now();
await loadCorpus(sql, folder, console.log);
console.log(`${documents} documents loaded in ${((performance.now() - loading) / 1_000).toFixed(1)} s`);

const queries = Array.from({ length: Number(values.queries) }, () => words(3 + Math.floor(random() * 10)));
const timed = async (task: () => Promise<unknown>) => {
  const began = performance.now();
  await task();
  return performance.now() - began;
};
const ours: number[] = [];
const scans: number[] = [];
for (const query of queries) {
  ours.push(await timed(() => searchCorpus(sql, query, 10)));
  const [rare = ""] = query.split(" ").toSorted((one, other) => other.length - one.length);
  scans.push(await timed(() => sql`select url from corpus_documents where text like ${`%${rare}%`} limit 10`));
}
const quantile = (numbers: number[], share: number) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN;
for (const [name, numbers] of [
  ["searchCorpus", ours],
  ["a scan for one word", scans],
] as const)
  console.log(
    `${name.padEnd(24)} p50 ${quantile(numbers, 0.5).toFixed(1)} ms, p95 ${quantile(numbers, 0.95).toFixed(1)} ms, longest ${Math.max(...numbers).toFixed(1)} ms`,
  );
