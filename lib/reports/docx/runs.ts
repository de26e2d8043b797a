import {
  ExternalHyperlink,
  FootnoteReferenceRun,
  ImageRun,
  type IRunOptions,
  MathRun,
  Math as MathZone,
  type ParagraphChild,
  TextRun,
} from "docx";
import type { Image, PhrasingContent } from "mdast";
import { figureIn, figureWords } from "#lib/reports/document/figure-in.ts";
import { markIn } from "#lib/reports/document/place-marks.ts";
import { textOf } from "#lib/reports/document/text-of.ts";
import { words } from "./words.ts";

/** The bytes of figures, PNGs, by number. */
export type Pictures = ReadonlyMap<number, Uint8Array>;

type Look = Pick<IRunOptions, "bold" | "italics" | "strike" | "style">;

/** Text with its markup as runs of Word. A mark is a footnote: the k-th citation is the k-th note. */
export function runs(nodes: readonly PhrasingContent[], look: Look = {}, pictures: Pictures = new Map()): ParagraphChild[] {
  return nodes.flatMap((node, place) => {
    const next = nodes[place + 1];
    const isBeforeMark = node.type === "text" && next !== undefined && markIn(next) !== null;
    return run(isBeforeMark ? { ...node, value: node.value.trimEnd() } : node, look, pictures);
  });
}

function run(node: PhrasingContent, look: Look, pictures: Pictures): ParagraphChild[] {
  const index = markIn(node);
  if (index !== null) return [new FootnoteReferenceRun(index + 1)];
  switch (node.type) {
    case "text":
      return [new TextRun({ ...look, text: words(node.value.replace(/\s*\n\s*/g, " ")) })];
    case "emphasis":
      return runs(node.children, { ...look, italics: true });
    case "strong":
      return runs(node.children, { ...look, bold: true });
    case "delete":
      return runs(node.children, { ...look, strike: true });
    case "inlineCode":
      return [new TextRun({ ...look, style: "InlineCode", text: words(node.value) })];
    case "link":
      return [new ExternalHyperlink({ link: words(node.url), children: runs(node.children, { ...look, style: "Hyperlink" }) })];
    case "break":
      return [new TextRun({ break: 1 })];
    case "image":
      return picture(node, look, pictures);
    case "inlineMath":
      // The formula's TeX in a field of mathematics: Word itself turns it into a formula on request.
      return [new MathZone({ children: [new MathRun(words(node.value))] })];
    default:
      return [new TextRun({ ...look, text: words(textOf(node)) })];
  }
}

/** As wide as the page allows, in pixels at 96 a inch. */
const widest = 600;

function picture(node: Image, look: Look, pictures: Pictures): ParagraphChild[] {
  const figure = figureIn(node);
  const bytes = figure ? pictures.get(figure.n) : undefined;
  if (!figure || !bytes) return [new TextRun({ ...look, text: words(textOf(node)) })];
  const scale = Math.min(1, widest / figure.width);
  const size = { width: Math.max(1, Math.round(figure.width * scale)), height: Math.max(1, Math.round(figure.height * scale)) };
  const alt = words(node.alt || figure.name);
  return [
    new ImageRun({ type: "png", data: bytes, transformation: size, altText: { title: alt, name: alt, description: alt } }),
    new TextRun({ ...look, break: 1, text: words(`${figureWords(figure.n, node.alt)}. Drawn by a script of this research.`) }),
  ];
}
