import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernelOn, viewer } from "#e2e/support/kernel.ts";
import type { Event } from "#lib/domain/event.ts";
import { strategyNameSchema } from "#lib/domain/heavy.ts";
import { laneOutcomes } from "#lib/domain/lane-outcome.ts";
import type { Report } from "#lib/domain/report.ts";
import type { Run } from "#lib/domain/run.ts";
import { parseEnv } from "#lib/env.ts";
import { quotingModel } from "#lib/model/choose.ts";
import { openDesks } from "#lib/runs/open-desks.ts";
import { toolbox } from "#lib/runs/toolbox.ts";
import { work } from "#lib/runs/work.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { openDatabaseFor } from "./support/open-database.ts";

/**
 * What the quoting model makes of a question set, through the whole house but its web server: as a single lane, and with `--lanes` again as the
 * lanes and the synthesis of a Heavy run, the two compared.
 *
 *   node bench/quoting-offline.ts --set <folder> [--first 100] [--lanes 4] [--strategy parallel-muse] [--show] [--reports]
 *
 * The folder holds `corpus.jsonl`, the only thing to search, and `questions.jsonl` `{id, question, answers[], gold_docs[]}`. Prints how many
 * reports cite a gold document, cite all of them, and contain a gold answer. `--show` prints a line a question, `--reports` the reports too.
 */
const { values } = parseArgs({
  options: {
    set: { type: "string" },
    first: { type: "string", default: "100" },
    lanes: { type: "string" },
    strategy: { type: "string", default: "research-synthesis" },
    show: { type: "boolean", default: false },
    reports: { type: "boolean", default: false },
  },
});
if (!values.set) throw new Error("Say which set: --set <folder with corpus.jsonl and questions.jsonl>");
const set = values.set;
const lanes = values.lanes === undefined ? null : Number(values.lanes);
const strategy = strategyNameSchema.parse(values.strategy);

const answerSchema = z.union([z.string(), z.array(z.string())]);
const questionSchema = z.object({ question: z.string(), answers: z.array(answerSchema), gold_docs: z.array(z.string()) });
type Question = z.infer<typeof questionSchema>;
const linesOf = async <T>(file: string, schema: z.ZodType<T>) =>
  (await readFile(join(set, file), "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => schema.parse(JSON.parse(line)));
const questions = (await linesOf("questions.jsonl", questionSchema)).slice(0, Number(values.first));
const documents = await linesOf("corpus.jsonl", z.object({ id: z.string(), url: z.string() }));
const idOf = new Map(documents.map(({ id, url }) => [url, id]));

await using house = new AsyncDisposableStack();
const postgres = await openDatabaseFor(house);
const kernel: Kernel = await openKernelOn({ url: postgres.url, drop: async () => {} });
house.defer(() => kernel.close());
const folder = await mkdtemp(join(tmpdir(), "corpus "));
house.defer(() => rm(folder, { recursive: true, force: true }));
await copyFile(join(set, "corpus.jsonl"), join(folder, "corpus.jsonl"));
await loadCorpus(kernel.db.sql, folder, console.error);
const env = parseEnv({ SEARCH_PROVIDERS: "corpus", CORPUS_DIR: folder });
if (!env.ok) throw new Error(env.problems.join("; "));
const desks = openDesks(env.env, kernel.db.sql);

/** What a run came to. */
interface Ran {
  report: Report;
  log: Event[];
  ms: number;
}

async function worked({ id }: Run): Promise<Ran> {
  const tools = toolbox(desks, { summaryModel: null, fetchAhead: true });
  const began = performance.now();
  await work(kernel.shop({ model: quotingModel, tools }), await kernel.claim(id), manualStops());
  const ms = performance.now() - began;
  const run = await getRun(kernel.db.sql, viewer, id);
  const report = await getReport(kernel.db, viewer, run?.reportId ?? "");
  if (!report) throw new Error(`No report: ${run?.question} (${run?.termination})`);
  return { report, log: await kernel.log(id), ms };
}

const emptyTally = () => ({
  one: 0,
  all: 0,
  gold: 0,
  goldRead: 0,
  answered: 0,
  removed: 0,
  unquoted: 0,
  citations: 0,
  cited: 0,
  read: 0,
  ms: 0,
});

/** Adds a report to the sums and gives how many gold documents it cites. */
function add(tally: ReturnType<typeof emptyTally>, { question, answers, gold_docs }: Question, { report, ms }: Ran): number {
  const goldOf = (sources: Report["sources"]) =>
    new Set(sources.map(({ url }) => idOf.get(url)).filter((id) => id !== undefined && gold_docs.includes(id))).size;
  const gold = goldOf(report.sources);
  const isAnswered = answers.flat().some((answer) => fold(report.markdown).includes(fold(answer)));
  tally.one += gold > 0 ? 1 : 0;
  tally.all += gold === gold_docs.length ? 1 : 0;
  tally.gold += gold;
  tally.goldRead += gold + goldOf(report.readOnly);
  tally.answered += isAnswered ? 1 : 0;
  tally.removed += report.removedMarks.length;
  tally.unquoted += report.citations.filter(({ status }) => status !== "quoted").length;
  tally.citations += report.citations.length;
  tally.cited += report.sources.length;
  tally.read += report.sources.length + report.readOnly.length;
  tally.ms += ms;
  if (values.show) console.log(`${gold}/${gold_docs.length} ${isAnswered ? "answered" : "-"} | ${question} | ${answers[0]}`);
  if (values.reports) console.log(report.markdown, "\n");
  return gold;
}

/** An answer counts when its words stand in the report, whatever the punctuation, as the usual answer metrics have it. */
const fold = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, " ")
    .trim();

/** What a Heavy run shows beside its report. */
const compared = { more: 0, fewer: 0, differ: 0, differAtFirst: 0, notUnion: 0, silent: 0, findings: 0, longestReport: 0, unanswered: 0 };

function compare(alone: number, together: number, { log, report }: Ran): void {
  const outcomes = laneOutcomes(log);
  const queries = outcomes.map(({ number }) => queriesOf(log, `researcher-${number}`));
  const numbers = new Map(outcomes.flatMap(({ sources }) => sources.map(({ n, url }) => [n, url] as const)));
  const union = new Set(outcomes.flatMap(({ answer }) => marksIn(answer ?? "").map((n) => numbers.get(n))));
  const findings = log.flatMap((event) => (event.type === "step-ended" ? (event.findings ?? []) : []));
  compared.more += together > alone ? 1 : 0;
  compared.fewer += together < alone ? 1 : 0;
  compared.differ += new Set(queries.map((own) => own.flat().join("\n"))).size === lanes ? 1 : 0;
  compared.differAtFirst += new Set(queries.map(([first]) => first?.join("\n"))).size === lanes ? 1 : 0;
  compared.notUnion += union.size === report.sources.length && report.sources.every(({ url }) => union.has(url)) ? 0 : 1;
  compared.findings += findings.length;
  compared.silent += findings.reduce((sum, finding) => sum + (lanes ?? 0) - finding.lanes.length, 0);
  compared.unanswered += outcomes.filter(({ end }) => end !== "answered").length;
  for (const event of log)
    if (event.type === "step-ended" && event.report) compared.longestReport = Math.max(compared.longestReport, roughTokens(event.report));
  if (values.show)
    console.log(queries.map((own, index) => `  lane ${index + 1}: ${own.map((each) => each.join(" | ")).join(" → ")}`).join("\n"));
}

/** What a lane searched for, call by call. */
const queriesOf = (log: readonly Event[], lane: string): string[][] =>
  log.flatMap((event) =>
    event.type === "tool-called" && event.lane === lane && event.tool === "search"
      ? [z.array(z.string()).parse(event.arguments.query)]
      : [],
  );
const marksIn = (text: string): number[] => [...text.matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, n]) => Number(n));

const single = emptyTally();
const heavy = emptyTally();
const budget = { calls: 20, minutes: 10 };
for (const question of questions) {
  const alone = add(single, question, await worked(await kernel.ask(question.question, budget)));
  if (lanes === null) continue;
  const run = await worked(await kernel.askHeavy(question.question, { lanes, strategy }, budget));
  compare(alone, add(heavy, question, run), run);
}

const mean = (sum: number) => (sum / questions.length).toFixed(1);
function say(name: string, tally: ReturnType<typeof emptyTally>): void {
  console.log(`${basename(set)}, ${name}: ${questions.length} questions`);
  console.log(`  reports that cite a gold document ${tally.one}, all of them ${tally.all}, contain a gold answer ${tally.answered}`);
  console.log(`  gold documents cited ${tally.gold}, read ${tally.goldRead}`);
  console.log(
    `  a report: ${mean(tally.citations)} citations of ${mean(tally.cited)} sources, of ${mean(tally.read)} read, in ${mean(tally.ms)} ms`,
  );
  console.log(`  marks removed ${tally.removed}, citations that are not verbatim ${tally.unquoted}`);
}
say("one lane", single);
if (lanes !== null) {
  say(`${lanes} lanes, ${strategy}`, heavy);
  console.log(`  gold documents: more than one lane in ${compared.more} questions, fewer in ${compared.fewer}`);
  console.log(`  all lanes searched differently in ${compared.differ}, began differently in ${compared.differAtFirst}`);
  console.log(
    `  cites other sources than all that its lanes cite: ${compared.notUnion}; lanes that did not answer: ${compared.unanswered}`,
  );
  console.log(`  ${mean(compared.findings)} findings, on each ${(compared.silent / compared.findings).toFixed(1)} lanes silent`);
  console.log(`  longest report of a round: ${compared.longestReport} tokens, roughly`);
}
process.exit(0);
