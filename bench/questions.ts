import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Dossier, startDossier } from "#e2e/support/dossier.ts";

/**
 * Asks the questions of a file over HTTP, as a script of a user would, and counts what the reports cite.
 *
 *   node bench/questions.ts --set <folder with corpus.jsonl and questions.jsonl> [--first 100] [--url http://127.0.0.1:3000 --token <API_TOKEN>]
 *
 * Without --url it starts Dossier itself, with that folder's corpus as the only thing to search and with no model. Prints how many
 * reports cite at least one gold document, all gold documents, and how many contain a gold answer.
 */
const { values } = parseArgs({
  options: {
    set: { type: "string" },
    first: { type: "string", default: "100" },
    url: { type: "string" },
    token: { type: "string" },
    show: { type: "boolean" },
  },
});
if (!values.set) throw new Error("Say which set: --set <folder with corpus.jsonl and questions.jsonl>");

const questionSchema = z.object({ id: z.string(), question: z.string(), answers: z.array(z.string()), gold_docs: z.array(z.string()) });
const linesOf = (file: string) => readFileSync(`${values.set}/${file}`, "utf8").split("\n").filter(Boolean);
const questions = linesOf("questions.jsonl")
  .slice(0, Number(values.first))
  .map((line) => questionSchema.parse(JSON.parse(line)));
const urlOf = new Map(
  linesOf("corpus.jsonl").map((line) => {
    const { id, url } = z.object({ id: z.string(), url: z.string() }).parse(JSON.parse(line));
    return [id, url] as const;
  }),
);

const server: Dossier | null = values.url ? null : await startDossier({ CORPUS_DIR: values.set, SEARCH_PROVIDERS: "corpus" });
const base = values.url ?? server?.url ?? "";
const authorization = `Bearer ${values.token ?? server?.token ?? ""}`;
const seconds: number[] = [];
const tally = { asked: 0, one: 0, all: 0, answer: 0, failed: 0 };

async function call<T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
  const response = await fetch(
    `${base}${path}`,
    body
      ? { method: "POST", headers: { authorization, "content-type": "application/json" }, body: JSON.stringify(body) }
      : { headers: { authorization } },
  );
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
  return schema.parse(await response.json());
}

const idSchema = z.object({ id: z.string() });
const reportSchema = z.object({ report: z.object({ markdown: z.string(), sources: z.array(z.object({ url: z.string() })) }) });
const runSchema = z.object({ run: z.object({ reportId: z.string().nullable(), termination: z.string().nullable() }) });

async function askOne({ id, question, answers, gold_docs: gold }: z.infer<typeof questionSchema>): Promise<void> {
  const began = performance.now();
  const { session } = await call("/api/sessions", z.object({ session: idSchema }), {});
  const { run } = await call(`/api/sessions/${session.id}/runs`, z.object({ run: idSchema }), { question });
  await (await fetch(`${base}/api/runs/${run.id}/events`, { headers: { authorization } })).text(); // the stream ends with the run
  const { run: ended } = await call(`/api/runs/${run.id}`, runSchema);
  tally.asked++;
  seconds.push((performance.now() - began) / 1000);
  if (!ended.reportId) {
    tally.failed++;
    return console.log(`${id}: no report (${ended.termination})`);
  }
  const { report } = await call(`/api/reports/${ended.reportId}`, reportSchema);
  const cited = new Set(report.sources.map((source) => source.url));
  const found = gold.filter((doc) => cited.has(urlOf.get(doc) ?? doc));
  if (found.length > 0) tally.one++;
  if (found.length === gold.length) tally.all++;
  if (answers.some((answer) => fold(report.markdown).includes(fold(answer)))) tally.answer++;
  if (values.show) console.log(`${id}: ${found.length}/${gold.length} gold documents cited, ${cited.size} in all`);
}

const fold = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

const waiting = [...questions];
const lane = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift()) await askOne(next);
};
try {
  await Promise.all(Array.from({ length: 4 }, lane));
} finally {
  await server?.stop();
}
const median = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? 0;
console.log(
  `${tally.asked} questions: ${tally.one} cite a gold document, ${tally.all} cite all, ${tally.answer} contain a gold answer, ${tally.failed} without a report; median ${median.toFixed(1)} s, four at a time`,
);
