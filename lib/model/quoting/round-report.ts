import { roughTokens } from "#lib/std/rough-tokens.ts";
import { isSentence, missing } from "./compose-answer.ts";
import { type Decision, pagesOf } from "./decide.ts";
import { followNames } from "./follow-names.ts";
import { type LaneReport, writeLaneReport } from "./lane-report.ts";
import { quoteLine } from "./quote-line.ts";
import { type RankedSentence, rankSentences } from "./rank-sentences.ts";
import type { Workspace } from "./read-workspace.ts";
import { wordingFor } from "./wording.ts";

/** A round keeps of a report 35 % of what its prompt has room for, more than 8,500 tokens of 27,000 (`workspaceFold`); what is over it is cut off there. */
const mostTokens = 8_000;
/** More failures than this say nothing new. */
const mostFailures = 12;
/** Of each page these are kept before any page gets more: what it is about, and what of it fits best. */
const keptOfEach = 2;

/** The report of a round: what was found and done so far, and what is decided now. As much evidence as there is room for, the best first. */
export function roundReport({ conversation, steps }: Workspace, { move }: Decision): string {
  const { question } = conversation;
  const wording = wordingFor(question);
  const titles = new Map(conversation.hits.map((hit) => [hit.url, hit.title]));
  const pages = pagesOf(conversation);
  const ranked = followNames(rankSentences(question, pages), pages).filter(isSentence);
  const report: LaneReport = {
    pages: pages.map(({ n, url, title }) => ({ n, url, title, sentences: [] })),
    steps,
    failures: [...new Set(conversation.failures)].slice(0, mostFailures),
    next: move.kind === "visit" ? move.urls.map((url) => ({ title: titles.get(url) ?? "", url })) : [],
    open: pages.length === 0 ? [] : missing(question, ranked, wording),
  };
  const kept = keep(ranked, mostTokens - roughTokens(writeLaneReport(report, wording)));
  for (const page of report.pages)
    page.sentences = kept
      .filter(({ n }) => n === page.n)
      .sort((one, other) => one.place - other.place)
      .map(({ text }) => text);
  return writeLaneReport(report, wording);
}

/** The sentences to keep, each once a page: first of every page its opening and its best, then the best of all, until the room is used. */
function keep(ranked: readonly RankedSentence[], tokens: number): RankedSentence[] {
  const wanted = [...[...Map.groupBy(ranked, ({ n }) => n).values()].flatMap(firstOfPage), ...ranked];
  const kept = new Map<string, RankedSentence>();
  let left = tokens;
  for (const sentence of wanted) {
    const key = `${sentence.n} ${sentence.text}`;
    const size = roughTokens(quoteLine(sentence.text, sentence.n)) + 1;
    if (kept.has(key) || size > left) continue;
    kept.set(key, sentence);
    left -= size;
  }
  return [...kept.values()];
}

function firstOfPage(own: readonly RankedSentence[]): RankedSentence[] {
  const opening = own.reduce<RankedSentence | null>((first, each) => (first && first.place <= each.place ? first : each), null);
  return [...(opening ? [opening] : []), ...own.slice(0, keptOfEach)];
}
