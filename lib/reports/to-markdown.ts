import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { plainDollars } from "./document/plain-dollars.ts";
import { reportFacts } from "./document/report-facts.ts";
import { readWords, sourceName } from "./html-document/source-words.ts";
import { webAddress } from "./html-document/web-address.ts";
import { statusWord } from "./html-document/words.ts";
import { escapeText } from "./markdown/escape-text.ts";
import { harmless } from "./markdown/harmless.ts";
import { settled } from "./markdown/settled.ts";
import { replaceMarks } from "./marks.ts";

/**
 * A report as a Markdown file: facts at its head, the question as its title, the text with footnote marks, every cited source as a footnote
 * with its address, the time it was read and the passages that were cited with their status. The text is the stored one and not a tree written
 * out again: what a model wrote stays as it wrote it, but for what could run, load or pass for a footnote of ours.
 */
export function toMarkdown(report: Report): string {
  const marked = replaceMarks(harmless(plainDollars(report.markdown, "file").markdown), (n) => `[^${n}]`);
  const text = settled(
    marked.trim(),
    report.sources.map(({ n }) => n),
  );
  const notice = report.kind === "quotes" ? "\n> No language model wrote this report: it only quotes its sources.\n" : "";
  const read =
    report.readOnly.length > 0 ? `\n## Read and not cited\n\n${report.readOnly.map((source) => `- ${nameOf(source)}`).join("\n")}\n` : "";
  const limits =
    report.limitations.length > 0
      ? `\n## Limitations\n\n${report.limitations.map((sentence) => `- ${escapeText(oneLine(sentence))}`).join("\n")}\n`
      : "";
  const notes = report.sources.map((source) => footnote(source, report.citations));
  return `${frontMatter(report)}\n# ${escapeText(oneLine(report.question))}\n${notice}\n${text}\n${limits}${read}\n${notes.join("\n")}`;
}

/** YAML takes a JSON string for what it is. */
function frontMatter(report: Report): string {
  const facts = reportFacts(report).filter(([name]) => name !== "Limitation");
  const lines = [
    ["title", oneLine(report.question)],
    ["date", report.createdAt],
    ["generator", "Dossier"],
    ...facts.map(([name, value]) => [name.toLowerCase().replaceAll(" ", "-"), value]),
  ];
  return `---\n${lines.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join("")}---\n`;
}

function footnote(source: SourceRef, citations: readonly Citation[]): string {
  const quotes = new Map<string, string>();
  for (const { n, passage, status, reason } of citations) {
    if (n === source.n) quotes.set(`${oneLine(passage.text)}\n${status}`, quote(passage.text, status, reason));
  }
  return `[^${source.n}]: ${nameOf(source)}\n${[...quotes.values()].join("")}`;
}

const quote = (text: string, status: Citation["status"], reason: string | undefined) =>
  `\n    > ${escapeText(oneLine(text))}\n    >\n    > (${statusWord(status)}${reason ? `: ${escapeText(oneLine(reason))}` : ""})\n`;

function nameOf(source: SourceRef): string {
  const address = webAddress(source.url);
  const link = address === null ? "" : ` <${address.replace(/[<>\s]/g, encodeURIComponent)}>.`;
  return `${escapeText(sourceName(source))}.${link} ${escapeText(readWords(source))}.`;
}
