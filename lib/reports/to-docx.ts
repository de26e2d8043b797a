import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from "docx";
import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { parseReport } from "./document/parse-report.ts";
import { reportFacts } from "./document/report-facts.ts";
import { docxBlocks, numberingFrom } from "./docx/blocks.ts";
import { words } from "./docx/words.ts";
import { reportLanguage } from "./html-document/report-language.ts";
import { readWords, sourceName } from "./html-document/source-words.ts";
import { webAddress } from "./html-document/web-address.ts";
import { statusWord } from "./html-document/words.ts";

const longestPassage = 1500;
const eastAsian: Record<string, { tag: string; font: string }> = {
  zh: { tag: "zh-CN", font: "Noto Sans SC" },
  ja: { tag: "ja-JP", font: "Noto Sans JP" },
  ko: { tag: "ko-KR", font: "Noto Sans KR" },
};

/** A report as a Word file to be edited: real headings, lists and tables, every citation a footnote with its passage, and the sources at the end. */
export async function toDocx(report: Report, pictures: ReadonlyMap<number, Uint8Array> = new Map()): Promise<Uint8Array<ArrayBuffer>> {
  const language = reportLanguage(report.markdown);
  let lists = 0;
  const place = { pictures, depth: 0, indent: 0, nextList: () => ++lists, starts: new Set<number>() };
  const body = docxBlocks(parseReport(report).children, place);
  const file = new Document({
    title: words(oneLine(report.question)),
    creator: "Dossier",
    description: words(`Version ${report.version}, made ${report.createdAt}`),
    styles: stylesFor(language),
    numbering: numbering(place.starts),
    footnotes: Object.fromEntries(report.citations.map((citation, index) => [index + 1, { children: [note(citation, report.sources)] }])),
    sections: [
      {
        footers: { default: footer },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(words(oneLine(report.question)))] }),
          ...reportFacts(report).map(([name, value]) => fact(name, value)),
          ...body,
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun("Sources")] }),
          ...report.sources.map((source) => entry(source, `${source.n}. `)),
          ...(report.readOnly.length > 0
            ? [new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun("Read and not cited")] })]
            : []),
          ...report.readOnly.map((source) => entry(source, "")),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}

const footer = new Footer({
  children: [
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      children: [new TextRun({ size: 16, children: ["page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] })],
    }),
  ],
});

const fact = (name: string, value: string) =>
  new Paragraph({ style: "Fact", children: [new TextRun({ text: `${name}: `, bold: true }), new TextRun(words(value))] });

function note(citation: Citation, sources: readonly SourceRef[]): Paragraph {
  const source = sources.find((each) => each.n === citation.n);
  const passage = oneLine(citation.passage.text);
  const shown = passage.length > longestPassage ? `${passage.slice(0, longestPassage)} …` : passage;
  const reason = citation.reason ? ` (${citation.reason})` : "";
  return new Paragraph({
    children: [
      new TextRun(words(` Source ${citation.n}: ${source ? sourceName(source) : "not stored"}. `)),
      ...(source ? linkTo(source) : []),
      new TextRun(words(`${source ? `${readWords(source)}. ` : ""}${statusWord(citation.status)}${reason}: “${shown}”`)),
    ],
  });
}

function linkTo({ url }: SourceRef): (ExternalHyperlink | TextRun)[] {
  const address = webAddress(url);
  if (address === null) return [];
  return [
    new ExternalHyperlink({ link: address, children: [new TextRun({ text: words(address), style: "Hyperlink" })] }),
    new TextRun(". "),
  ];
}

function entry(source: SourceRef, number: string): Paragraph {
  const copy = source.copyOf ? ` Says the same as source ${source.copyOf}.` : "";
  return new Paragraph({
    children: [
      new TextRun({ text: words(`${number}${sourceName(source)}. `), bold: true }),
      ...linkTo(source),
      new TextRun(words(`${readWords(source)}. SHA-256 ${source.hash}.${copy}`)),
    ],
  });
}

/** Words' own names of its styles, so that a template of the reader's office takes hold of them. */
function stylesFor(language: string) {
  const asian = eastAsian[language];
  const font = { ascii: "Cambria", hAnsi: "Cambria", eastAsia: asian?.font ?? "Noto Sans SC", cs: "Cambria" };
  const mono = { ascii: "Consolas", hAnsi: "Consolas", eastAsia: font.eastAsia, cs: "Consolas" };
  return {
    default: {
      document: {
        run: { font, size: 22, language: { value: asian ? "en-GB" : language, eastAsia: asian?.tag ?? "zh-CN" } },
        paragraph: { spacing: { after: 140, line: 280 } },
      },
    },
    paragraphStyles: [
      { id: "Fact", name: "Fact", basedOn: "Normal", run: { size: 19 }, paragraph: { spacing: { after: 40 } } },
      { id: "CodeBlock", name: "Code Block", basedOn: "Normal", run: { font: mono, size: 18 }, paragraph: { shading: { fill: "F4F5F6" } } },
      { id: "TableText", name: "Table Text", basedOn: "Normal", run: { size: 19 }, paragraph: { spacing: { after: 40 } } },
      { id: "Caption", name: "caption", basedOn: "Normal", run: { bold: true, size: 20 } },
    ],
    characterStyles: [{ id: "InlineCode", name: "Inline Code", run: { font: mono, size: 20 } }],
  };
}

const signs = ["•", "◦", "▪"];
const numbering = (starts: ReadonlySet<number>) => ({
  config: [
    { reference: "bullets", levels: levels(LevelFormat.BULLET, (level) => signs[level % signs.length] ?? "•", 1) },
    ...[...starts].map((start) => ({
      reference: numberingFrom(start),
      levels: levels(LevelFormat.DECIMAL, (level) => `%${level + 1}.`, start),
    })),
  ],
});

const levels = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: (level: number) => string, start: number) =>
  Array.from({ length: 9 }, (_, level) => ({
    level,
    format,
    start,
    text: text(level),
    style: { paragraph: { indent: { left: 400 * (level + 1), hanging: 300 } } },
  }));
