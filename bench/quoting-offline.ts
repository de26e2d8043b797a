/**
 * Runs the quoting model on a question set without HTTP: node bench/quoting-offline.ts <set folder> [questions]
 * The folder holds corpus.jsonl and questions.jsonl `{id, question, answers[], gold_docs[]}`. DATABASE_URL names a migrated database
 * whose corpus is exactly that folder's; it is loaded first. Prints how many reports cite a gold document, cite all of them, and contain a gold answer.
 */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import postgres from "postgres";
import type { SourceRef } from "#lib/domain/source.ts";
import { asObservation, type ChatMessage } from "#lib/domain/transcript.ts";
import { extractByQuoting } from "#lib/model/quoting/extract.ts";
import { quotingReply } from "#lib/model/quoting.ts";
import { cite } from "#lib/reports/cite.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { ahead } from "#lib/tools/ahead.ts";
import { askInTurn } from "#lib/tools/policies/ask-in-turn.ts";
import { openDesk } from "#lib/tools/policies/open-desk.ts";
import { corpusPages, corpusSearch } from "#lib/tools/providers/corpus.ts";
import { askGroups, hasHits, searchTool } from "#lib/tools/search.ts";
import type { PageRead, ToolContext } from "#lib/tools/tool.ts";
import { visitTool } from "#lib/tools/visit.ts";

interface Question {
  id: string;
  question: string;
  answers: (string | string[])[];
  gold_docs: string[];
}

const mostTurns = 20;
const [folder = "", count = "100", ...flags] = process.argv.slice(2);
const url = process.env.DATABASE_URL;
if (!folder || !url) throw new Error("Usage: DATABASE_URL=postgres://… node bench/quoting-offline.ts <set folder> [questions] [--show]");

const sql = postgres(url, { max: 4, onnotice: () => {} });
await loadSet(folder);
const idOf = new Map((await jsonl<{ id: string; url: string }>("corpus.jsonl")).map((document) => [document.url, document.id]));
const questions = (await jsonl<Question>("questions.jsonl")).slice(0, Number(count));
const documents = [openDesk(corpusPages(sql))];
const search = searchTool({ queries: ahead({ ask: askGroups([[openDesk(corpusSearch(sql))]]), isUsable: hasHits }) });
const visit = visitTool({
  pages: ahead({ ask: (address, signal) => askInTurn(documents, address, signal), isUsable: ({ answer }) => answer.ok }),
  extract: async (page, goal) => ({ ok: true, extraction: extractByQuoting(page, goal) }),
  fallback: async (page, goal) => ({ ok: true, extraction: extractByQuoting(page, goal) }),
});

const sums = { citesOne: 0, citesAll: 0, answered: 0, removed: 0, unquoted: 0, citations: 0, sources: 0, read: 0, turns: 0 };
for (const question of questions) {
  const { report, read, turns } = await run(question.question);
  const cited = new Set(report.cited.map((id) => idOf.get(read.find((source) => source.id === id)?.url ?? "")));
  const gold = question.gold_docs.filter((id) => cited.has(id)).length;
  const answered = question.answers.flat().some((answer) => fold(report.markdown).includes(fold(String(answer))));
  sums.citesOne += gold > 0 ? 1 : 0;
  sums.citesAll += gold === question.gold_docs.length ? 1 : 0;
  sums.answered += answered ? 1 : 0;
  sums.removed += report.removedMarks.length;
  sums.unquoted += report.citations.filter((citation) => citation.status !== "quoted").length;
  sums.citations += report.citations.length;
  sums.sources += report.cited.length;
  sums.read += read.length;
  sums.turns += turns;
  if (flags.includes("--show")) {
    console.log(
      `${gold}/${question.gold_docs.length} ${answered ? "answered" : "-"} | ${question.question} | ${question.answers[0]} | read ${read.map(({ title }) => title).join("; ")}`,
    );
    if (flags.includes("--reports")) console.log(report.markdown, "\n");
  }
}
const mean = (sum: number) => (sum / questions.length).toFixed(1);
console.log(
  `${basename(folder)}: ${questions.length} questions · cites a gold document ${sums.citesOne} · all gold ${sums.citesAll} · contains an answer ${sums.answered}` +
    ` · marks removed ${sums.removed}, not verbatim ${sums.unquoted} · a report: ${mean(sums.citations)} citations of ${mean(sums.sources)} sources, ${mean(sums.read)} read in ${mean(sums.turns)} turns`,
);
await sql.end();

async function run(question: string) {
  const messages: ChatMessage[] = [
    { role: "system", content: "" },
    { role: "user", content: question },
  ];
  const read: (SourceRef & { text: string })[] = [];
  const context: ToolContext = {
    signal: new AbortController().signal,
    keepSource: async (page) => keep(page, read),
    mayVisit: async () => true,
    attachments: [],
    bytesOf: async () => null,
  };
  for (let turn = 1; turn <= mostTurns; turn++) {
    const reply = quotingReply(messages);
    messages.push({ role: "assistant", content: reply });
    const answer = /<answer>\n([\s\S]*)\n<\/answer>/.exec(reply)?.[1];
    if (answer !== undefined) return { report: cite(answer, read), read, turns: turn };
    const call = JSON.parse(/<tool_call>\n(.*)\n<\/tool_call>/s.exec(reply)?.[1] ?? "{}");
    const tool = call.name === "search" ? search : visit;
    const returned = await tool.run(tool.schema.parse(call.arguments) as never, context);
    messages.push({ role: "user", content: asObservation(returned.outcome.text) });
  }
  throw new Error(`No answer after ${mostTurns} turns: ${question}`);
}

async function keep(page: PageRead, read: (SourceRef & { text: string })[]): Promise<SourceRef> {
  const source = { id: `source-${read.length + 1}`, n: read.length + 1, hash: "", ...page };
  read.push(source);
  return source;
}

async function loadSet(set: string): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "corpus-"));
  await copyFile(join(set, "corpus.jsonl"), join(dir, `${basename(set)}.jsonl`));
  await loadCorpus(sql, dir, console.error);
  await rm(dir, { recursive: true });
}

async function jsonl<T>(name: string): Promise<T[]> {
  const text = await readFile(join(folder, name), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** An answer counts when its words stand in the report, whatever the punctuation, as the usual answer metrics have it. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, " ")
    .trim();
}
