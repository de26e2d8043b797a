import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "#db/client.ts";
import { testDatabase } from "#e2e/support/test-database.ts";
import { searchCorpus } from "./corpus.ts";
import { loadCorpus } from "./corpus-load.ts";

const data = process.env.REAL_DATA;

/** Documents, questions, and what a document is worth for a question: 0 where nothing is said. */
interface Collection {
  documents: { id: string; title: string; text: string }[];
  questions: { text: string; worth: Map<string, number> }[];
}

/** Plain BM25's nDCG@10 on the same material, by its description. */
const collections: [name: string, plain: number, read: () => Collection][] = [
  ["hotpot100", 0.787, () => questionSet("hotpot100")],
  ["musique100", 0.559, () => questionSet("musique100")],
  ["xquad-en", 0.964, () => questionSet("xquad-en")],
  ["xquad-zh", 0.964, () => questionSet("xquad-zh")],
  ["Cranfield", 0.36, cranfield],
];

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const copy = await testDatabase();
  drop = copy.drop;
  database = openDatabase(copy.url, { connections: 4 });
});
afterAll(async () => {
  await database.end();
  await drop();
});

test.skipIf(!data).each(collections)(
  "%s: ranked at least as well as by plain BM25 (%d)",
  async (name, plain, read) => {
    const { documents, questions } = read();
    const dir = await mkdtemp(join(tmpdir(), "corpus "));
    const lines = documents.map((document) => JSON.stringify({ ...document, url: `https://corpus.test/${document.id}` }));
    await writeFile(join(dir, "documents.jsonl"), lines.join("\n"));
    await loadCorpus(database.sql, dir, () => {});
    let sum = 0;
    for (const { text, worth } of questions) {
      const hits = await searchCorpus(database.sql, text, 10);
      sum += ndcg(
        hits.map((hit) => worth.get(hit.url.slice("https://corpus.test/".length)) ?? 0),
        [...worth.values()],
      );
    }
    await rm(dir, { recursive: true });
    const mean = sum / questions.length;
    process.stdout.write(`\n${name}: nDCG@10 ${mean.toFixed(3)} over ${questions.length} questions, plain BM25 ${plain}\n`);
    expect(Number(mean.toFixed(3))).toBeGreaterThanOrEqual(plain);
  },
  120_000,
);

/** Discounted gain of the first ten against that of the best order there is. */
function ndcg(gains: number[], all: number[]): number {
  const dcg = (list: number[]) => list.slice(0, 10).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
  const best = dcg(all.toSorted((one, other) => other - one));
  return best === 0 ? 0 : dcg(gains) / best;
}

function questionSet(name: string): Collection {
  const lines = <Line>(file: string): Line[] =>
    readFileSync(`${data}/qa-offline/${name}/${file}`, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    documents: lines("corpus.jsonl"),
    questions: lines<{ question: string; gold_docs: string[] }>("questions.jsonl").map(({ question, gold_docs }) => ({
      text: question,
      worth: new Map(gold_docs.map((id) => [id, 1])),
    })),
  };
}

/**
 * Judgements run from 1 (a complete answer) to 4 (of minimum interest); -1 is of no interest. The reference figure counts all of the former
 * alike. Questions are judged by their place in the file.
 */
function cranfield(): Collection {
  const parts = (file: string) => readFileSync(`${data}/ir-cranfield/${file}`, "latin1").replaceAll("\r", "").split(/^\.I /m).slice(1);
  const field = (part: string, letter: string) =>
    part
      .split(`\n.${letter}\n`)[1]
      ?.split(/\n\.[A-Z]\n/)[0]
      ?.trim() ?? "";
  const judged = Map.groupBy(
    readFileSync(`${data}/ir-cranfield/cranqrel`, "latin1")
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, , grade = -1]) => grade > 0),
    ([question = 0]) => question,
  );
  return {
    documents: parts("cran.all.1400").map((part) => ({
      id: String(Number.parseInt(part, 10)),
      title: field(part, "T").replace(/\s+/g, " "),
      text: field(part, "W"),
    })),
    questions: parts("cran.qry").map((part, index) => ({
      text: field(part, "W"),
      worth: new Map((judged.get(index + 1) ?? []).map(([, id = 0]) => [String(id), 1])),
    })),
  };
}
