import { oneLine } from "#lib/std/one-line.ts";

import { escapeMarkup, quoteLine, readQuoteLine, unescapeMarkup } from "./quote-line.ts";
import { type Wording, wordingFor } from "./wording.ts";

/** What the report of a round holds: all that the policy knows in the next one. */
export interface LaneReport {
  /** Sources with the sentences of theirs that are worth keeping, in the order of the page. */
  pages: { n: number; url: string; title: string; sentences: string[] }[];
  steps: ({ kind: "search"; queries: string[] } | { kind: "visit"; read: number[] })[];
  failures: string[];
  /** Pages it goes to read now. */
  next: { title: string; url: string }[];
  /** The words of the question that nothing kept speaks of, in a sentence. */
  open: string[];
}

/** A title that is longer is a text. */
const longestTitle = 200;

/** The report as Markdown that a reader understands and `readLaneReport` gives back. Whatever comes from a page is escaped. */
export function writeLaneReport(report: LaneReport, wording: Wording): string {
  const { found, done, failed, next, missing } = { ...wording.report, missing: wording.missing };
  const pages = report.pages.map((page) => pageBlock(page, wording));
  const steps = report.steps.map((step, index) => `${index + 1}. ${stepText(step, wording)}`);
  const parts = [
    `## ${found}`,
    ...(pages.length > 0 ? pages : [wording.report.nothingYet]),
    ...section(done, steps.join("\n")),
    ...section(failed, report.failures.map((failure) => `- ${escapeMarkup(oneLine(failure))}`).join("\n")),
    ...section(next, report.next.map(({ title, url }) => `- ${printedTitle(title)}: ${printedUrl(url)}`).join("\n")),
    ...section(missing, report.open.join("\n")),
  ];
  return parts.join("\n\n");
}

const section = (heading: string, body: string) => (body === "" ? [] : [`## ${heading}`, body]);

function pageBlock({ n, url, title, sentences }: LaneReport["pages"][number], wording: Wording): string {
  const quotes = sentences.map((sentence) => quoteLine(sentence, n));
  return [`### ${printedTitle(title)} [${n}]\n${printedUrl(url)}`, quotes.join("\n") || wording.report.nothingSaid].join("\n\n");
}

function stepText(step: LaneReport["steps"][number], wording: Wording): string {
  if (step.kind === "search")
    return [`${wording.report.searched}:`, ...step.queries.map((query) => `   - ${escapeMarkup(oneLine(query))}`)].join("\n");
  return `${wording.report.read}: ${step.read.map((n) => `[${n}]`).join(" ") || wording.report.nothingRead}`;
}

const printedTitle = (title: string) => escapeMarkup(oneLine(title).slice(0, longestTitle));
/** Only its brackets are escaped, which could hold a tag: a reader follows it as it stands. */
const printedUrl = (url: string) => oneLine(url).replace(/[<>]/g, "\\$&");

/** A report of an earlier round. `isCut`: its end is missing, so nobody knows what was done; `unread`: addresses that could not be read. */
export function readLaneReport(text: string, question: string): LaneReport & { isCut: boolean; unread: string[] } {
  const wording = wordingFor(question);
  const report: LaneReport = { pages: [], steps: [], failures: [], next: [], open: [] };
  let heading = "";
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) heading = line.slice(3);
    else if (heading === wording.report.found) readFound(report, line);
    else if (heading === wording.report.done) readStep(report, line, wording);
    else if (heading === wording.report.failed && line.startsWith("- ")) report.failures.push(unescapeMarkup(line.slice(2)));
    else if (heading === wording.report.next) readNext(report, line);
  }
  const unread = report.failures.flatMap((failure) => /^(\S+:\/\/\S+): /.exec(failure)?.[1] ?? []);
  return { ...report, unread, isCut: /\n\(cut: the first [\d,]+ of [\d,]+ characters are shown\)$/.test(text) };
}

function readFound(report: LaneReport, line: string): void {
  const head = /^### (.*) \[(\d+)\]$/.exec(line);
  const page = report.pages.at(-1);
  const quote = readQuoteLine(line);
  if (head) report.pages.push({ n: Number(head[2]), url: "", title: unescapeMarkup(head[1] ?? ""), sentences: [] });
  else if (page && page.url === "") page.url = unescapeMarkup(line.trim());
  else if (page && quote) page.sentences.push(quote.text);
}

function readStep(report: LaneReport, line: string, { report: words }: Wording): void {
  const step = report.steps.at(-1);
  if (line.startsWith("   - ") && step?.kind === "search") step.queries.push(unescapeMarkup(line.slice(5)));
  else if (/^\d+\. /.test(line)) {
    const text = line.replace(/^\d+\. /, "");
    if (text.startsWith(`${words.searched}:`)) report.steps.push({ kind: "search", queries: [] });
    else report.steps.push({ kind: "visit", read: [...text.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1])) });
  }
}

function readNext(report: LaneReport, line: string): void {
  const [, title = "", url = ""] = /^- (.*): (\S+:.*)$/.exec(line) ?? [];
  if (url !== "") report.next.push({ title: unescapeMarkup(title), url: unescapeMarkup(url) });
}
