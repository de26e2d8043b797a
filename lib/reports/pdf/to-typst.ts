import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { headingsOf } from "#lib/reports/document/even-headings.ts";
import { parseReport } from "#lib/reports/document/parse-report.ts";
import { reportFacts } from "#lib/reports/document/report-facts.ts";
import { reportLanguage } from "#lib/reports/html-document/report-language.ts";
import { readWords } from "#lib/reports/html-document/source-words.ts";
import { webAddress } from "#lib/reports/html-document/web-address.ts";
import { statusWord } from "#lib/reports/html-document/words.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { blocks, type TypstFormula } from "./blocks.ts";
import { literal } from "./literal.ts";
import { template } from "./template.ts";

/** A document for the typesetter: code of ours in which all text is string literals, and the formulas, which it looks at one by one. */
export interface TypstDocument {
  source: string;
  formulas: TypstFormula[];
  /** The bytes of its pictures, PNGs, by number. */
  figures: [number, Uint8Array][];
  /** Seconds since 1970, of the report: the same report gives the same bytes. */
  createdAt: number;
}

/** Headings from which on a report has contents. */
const fewestForContents = 3;
/** Contents of more entries than fit on a page tell the first two levels only. */
const mostEntries = 40;
/** Passages are as long as pages allow; a longer one is cut, and says so. The stored copy has the whole. */
const longestPassage = 1500;

/** A report as a document to be printed: what was asked, how it was made, what the checks found, contents, the text, and each source with its cited passages. */
export function toTypst(report: Report, figures: ReadonlyMap<number, Uint8Array> = new Map()): TypstDocument {
  const tree = parseReport(report);
  const formulas: TypstFormula[] = [];
  const language = reportLanguage(report.markdown);
  const placed = new Set<number>();
  const body = blocks(tree.children, { citations: report.citations, formulas, placed, pictures: new Set(figures.keys()) });
  const headings = headingsOf(tree);
  const question = oneLine(report.question) || "Report";
  const source = [
    `#let latin-in = ${language === "zh" || language === "ja" ? '((name: "Libertinus Serif", covers: "latin-in-cjk"), "Noto Sans SC")' : '("Libertinus Serif", "Noto Sans SC")'}`,
    `#let title-size = ${question.length > 120 ? "13pt" : "19pt"}`,
    `#let short = text(${literal(shortened(question, 90))})`,
    `#set document(title: ${literal(question)}, author: "Dossier", date: ${dateOf(report.createdAt)})`,
    `#set text(lang: "${language}")`,
    template,
    `#title(text(${literal(shortened(question, 1200))}))`,
    `#${facts(report)}`,
    ...(headings.length >= fewestForContents
      ? [
          `#block(above: 1.6em, below: 1.6em, { strong(text(lang: "en", "Contents")); outline(title: none, depth: ${headings.length > mostEntries ? 2 : 3}) })`,
        ]
      : []),
    `#${body}`,
    `#${sourceList(report, placed)}`,
  ].join("\n");
  return { source, formulas, figures: [...figures], createdAt: Math.floor(Date.parse(report.createdAt) / 1000) };
}

function dateOf(at: string): string {
  const date = new Date(at);
  return `datetime(year: ${date.getUTCFullYear()}, month: ${date.getUTCMonth() + 1}, day: ${date.getUTCDate()})`;
}

function facts(report: Report): string {
  return `facts(${reportFacts(report)
    .map(([name, value]) => `(${literal(name)}, text(${literal(value)}))`)
    .join(", ")},)`;
}

function sourceList(report: Report, placed: ReadonlySet<number>): string {
  const cited = report.sources.map((source) => sourceEntry(source, report.citations, placed));
  const read = report.readOnly.map(
    (source) =>
      `block(above: 0.9em, below: 0.5em, ${name(source)} + linebreak() + text(size: 8.5pt, fill: quiet, ${literal(readWords(source))}))`,
  );
  return [
    "{",
    'set text(lang: "en")',
    `section(1, "Sources", text("Sources"))`,
    cited.length > 0 ? cited.join("\n") : `par(text("This report cites none."))`,
    ...(read.length > 0 ? [`section(2, "Read and not cited", text("Read and not cited"))`, ...read] : []),
    "}",
  ].join("\n");
}

/** Citations of one passage stand under it together, each with the page of its mark. */
function sourceEntry(source: SourceRef, citations: readonly Citation[], placed: ReadonlySet<number>): string {
  const passages = new Map<string, { indexes: number[]; citation: Citation }>();
  for (const [index, citation] of citations.entries()) {
    if (citation.n !== source.n) continue;
    const key = `${citation.passage.start}:${citation.passage.end}:${citation.status}`;
    const known = passages.get(key);
    if (known) known.indexes.push(index);
    else passages.set(key, { indexes: [index], citation });
  }
  const shown = [...passages.values()].map(({ indexes, citation }) => {
    const words = `${statusWord(citation.status)}${citation.reason ? `: ${citation.reason}` : ""}`;
    const text = shortened(oneLine(citation.passage.text), longestPassage);
    return `passage(${literal(words.replace(/\.$/, ""))}, text(${literal(text)}), ${indexes.filter((index) => placed.has(index)).join(", ")})`;
  });
  const copy = source.copyOf ? [`text(${literal(`Says the same as source ${source.copyOf}.`)})`] : [];
  const lines = [...address(source), `text(${literal(readWords(source))})`, `text(${literal(`SHA-256 ${source.hash}`)})`, ...copy];
  return `source(${source.n}, ${name(source)}, (${lines.join(", ")},), { ${shown.join("; ")} })`;
}

const name = ({ title, url }: SourceRef) => `text(${literal(oneLine(title) || url)})`;

function address({ url }: SourceRef): string[] {
  const web = webAddress(url);
  return web === null ? [] : [`away(${literal(web)}, text(${literal(shortened(web, 200))}))`];
}

const shortened = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most).trimEnd()} …`);
