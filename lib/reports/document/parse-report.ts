import type { Image, Nodes, Root, Text } from "mdast";
import type { Math as FormulaBlock, InlineMath } from "mdast-util-math";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { type FigureRef, figureAddress } from "#lib/domain/figure.ts";
import type { Report } from "#lib/domain/report.ts";
import { walk } from "#lib/reports/html/walk.ts";
import { parsedOrNull } from "#lib/reports/markdown/parsed-or-null.ts";
import { captionTables } from "./caption-tables.ts";
import { evenHeadings } from "./even-headings.ts";
import { figureOf, figureWords } from "./figure-in.ts";
import { placeMarks } from "./place-marks.ts";
import { plainDollars } from "./plain-dollars.ts";
import { settleReferences } from "./settle-references.ts";
import { withoutDepth } from "./without-depth.ts";

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMath, { singleDollarTextMath: false });

/** What of a report its tree is made from. */
export type ParsedReport = Pick<Report, "markdown" | "citations"> & Partial<Pick<Report, "figures">>;

/**
 * The tree of a report that its page and every file is made from: marks in their places, formulas found, links with their addresses, headings in
 * steps of one. HTML in it is its text, pictures are their descriptions but for the run's own figures, and an address that is neither http, https nor mailto is no link.
 */
export function parseReport({ markdown, citations, figures = [] }: ParsedReport): Root {
  const edited = plainDollars(markdown, "parser");
  const tree = parsedOrNull(parser, edited.markdown) ?? asText(edited.markdown);
  withoutDepth(tree, edited.markdown);
  placeMarks(tree, { markdown, citations, edited });
  settleReferences(tree);
  walk<Nodes>(tree, (node, parent, index) => {
    const plain = node.type === "image" ? picture(node, figures) : plainNode(node, parent, edited.markdown);
    if (plain) parent.children.splice(index, 1, ...plain);
  });
  captionTables(tree);
  evenHeadings(tree);
  return tree;
}

/** A text that cannot be parsed, as one paragraph of itself: every mark of it still stands in its place. */
function asText(markdown: string): Root {
  const lines = markdown.split("\n");
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, offset: markdown.length };
  const position = { start: { line: 1, column: 1, offset: 0 }, end };
  return { type: "root", position, children: [{ type: "paragraph", position, children: [{ type: "text", value: markdown, position }] }] };
}

/** A formula that stands on a line of its own. */
export const isDisplayed = (node: InlineMath | FormulaBlock): boolean => node.type === "math" || node.data?.hName === "display";

function plainNode(node: Nodes, parent: Nodes, source: string): Nodes[] | null {
  if (node.type === "html") return isLineBreak.test(node.value) ? [{ type: "break" }] : inPlace(withoutTags(node.value), parent);
  if (node.type === "inlineMath") {
    const isDisplay = source.startsWith("$$$", node.position?.start.offset ?? 0);
    return [{ type: "inlineMath", value: node.value.trim(), data: { ...(isDisplay && { hName: "display" }) } }];
  }
  return null;
}

/** A picture that a script of the run made stays one; any other is its description. */
function picture(node: Image, figures: readonly FigureRef[]): Nodes[] {
  const figure = figureOf(node, figures);
  if (figure) return [{ ...node, data: { figure } }];
  const missing = figureAddress.exec(node.url)?.[1];
  return [textNode(missing ? `[${figureWords(Number(missing), node.alt)}]` : (node.alt ?? ""))];
}

const isLineBreak = /^<br\s*\/?>$/i;

/** Text where blocks stand is a paragraph. */
function inPlace(text: string, parent: Nodes): Nodes[] {
  if (text.trim() === "") return [];
  const holdsBlocks = parent.type === "root" || parent.type === "blockquote" || parent.type === "listItem";
  return holdsBlocks ? [{ type: "paragraph", children: [textNode(text)] }] : [textNode(text)];
}

/** What is left is text wherever it goes, so this is for reading only. */
const withoutTags = (html: string) => html.replace(/<!--[\s\S]*?-->|<[^>]*>/g, "");
const textNode = (value: string): Text => ({ type: "text", value });
