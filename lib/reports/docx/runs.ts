import { ExternalHyperlink, FootnoteReferenceRun, type IRunOptions, MathRun, Math as MathZone, type ParagraphChild, TextRun } from "docx";
import type { PhrasingContent } from "mdast";
import { markIn } from "#lib/reports/document/place-marks.ts";
import { textOf } from "#lib/reports/document/text-of.ts";
import { words } from "./words.ts";

type Look = Pick<IRunOptions, "bold" | "italics" | "strike" | "style">;

/** Text with its markup as runs of Word. A mark is a footnote: the k-th citation is the k-th note. */
export function runs(nodes: readonly PhrasingContent[], look: Look = {}): ParagraphChild[] {
  return nodes.flatMap((node, place) => {
    const next = nodes[place + 1];
    const isBeforeMark = node.type === "text" && next !== undefined && markIn(next) !== null;
    return run(isBeforeMark ? { ...node, value: node.value.trimEnd() } : node, look);
  });
}

function run(node: PhrasingContent, look: Look): ParagraphChild[] {
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
    case "inlineMath":
      // The formula's TeX in a field of mathematics: Word itself turns it into a formula on request.
      return [new MathZone({ children: [new MathRun(words(node.value))] })];
    default:
      return [new TextRun({ ...look, text: words(textOf(node)) })];
  }
}
