import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { replaceMarks } from "./marks.ts";

/**
 * A report as a Markdown file: the question as its title, the text with footnote marks, every cited source as a footnote with its
 * address, the time it was read and the passages that were cited.
 */
export function toMarkdown(report: Report): string {
  const notice = report.kind === "quotes" ? "\n> No language model wrote this report: it only quotes its sources.\n" : "";
  const text = replaceMarks(withoutForeignNotes(report.markdown), (n) => `[^${n}]`);
  const notes = report.sources.map((source) => footnote(source, report));
  const read =
    report.readOnly.length > 0 ? `\n## Read and not cited\n\n${report.readOnly.map((source) => `- ${nameOf(source)}`).join("\n")}\n` : "";
  const limits =
    report.limitations.length > 0
      ? `\n## Limitations\n\n${report.limitations.map((sentence) => `- ${escapeText(sentence)}`).join("\n")}\n`
      : "";
  return `# ${escapeText(oneLine(report.question))}\n${notice}\n${text.trim()}\n${limits}${read}\n${notes.join("\n")}\n\n${madeBy(report)}\n`;
}

/** What a model's line may do to a viewer of the file is taken away: definitions that would stand before ours, pictures, HTML, links that run something. */
const harmless = (line: string) =>
  line
    .replace(/^( {0,3})\[(?=[^\]\n]+\]:)/, "$1\\[")
    .replaceAll("![", "!\\[")
    .replace(/<(?=[a-z/!?])(?!https?:)/gi, "&lt;")
    .replace(/\]\(\s*<?(?!https?:|mailto:|#)[^)]*\)/gi, "]");

/** Inline code as it is, and the stretches between. */
const outsideInlineCode = /(`+)(?!`)[^\n]*?[^`]\1(?!`)|[^`]+/g;

/** The same for a whole text, but for what stands in code. */
function withoutForeignNotes(markdown: string): string {
  let fenced = false;
  return markdown
    .split("\n")
    .map((line) => {
      if (/^ {0,3}(```|~~~)/.test(line)) fenced = !fenced;
      return fenced ? line : line.replace(outsideInlineCode, (part, code?: string) => (code ? part : harmless(part)));
    })
    .join("\n");
}

function footnote(source: SourceRef, report: Report): string {
  const quotes = new Set(report.citations.filter((citation) => citation.n === source.n).map((citation) => oneLine(citation.passage.text)));
  const passages = [...quotes].map((quote) => `\n    > ${escapeText(quote)}\n`).join("");
  return `[^${source.n}]: ${nameOf(source)}${passages && `\n${passages}`}`;
}

const nameOf = (source: SourceRef) =>
  `${escapeText(oneLine(source.title) || source.url)}. ${escapeText(source.site)}. <${source.url.replace(/[<>\s]/g, encodeURIComponent)}>. Read ${source.fetchedAt.slice(0, 16).replace("T", " ")} UTC.`;

const madeBy = (report: Report) =>
  `---\n\nMade by Dossier on ${report.createdAt.slice(0, 16).replace("T", " ")} UTC${report.model ? ` with ${escapeText(report.model)}` : ", without a language model"}.`;

/** Text from a page inside our Markdown: its own markup must stay letters. */
const escapeText = (text: string) => text.replace(/[\\`*_[\]<>#|!]/g, "\\$&");
