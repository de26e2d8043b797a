import type { Image, Nodes, Root, Text } from "mdast";
import type { Math as FormulaBlock, InlineMath } from "mdast-util-math";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { figureAddress } from "#lib/domain/figure.ts";
import type { Report } from "#lib/domain/report.ts";
import { walk } from "#lib/reports/html/walk.ts";
import { captionTables } from "./caption-tables.ts";
import { evenHeadings } from "./even-headings.ts";
import { placeMarks } from "./place-marks.ts";
import { plainDollars } from "./plain-dollars.ts";
import { settleReferences } from "./settle-references.ts";
import { withoutDepth } from "./without-depth.ts";

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkMath, { singleDollarTextMath: false });

/**
 * The tree of a report that its page and every file is made from: marks in their places, formulas found, links with their addresses, headings in
 * steps of one. HTML in it is its text, pictures are their descriptions, and an address that is neither http, https nor mailto is no link.
 */
export function parseReport({ markdown, citations }: Pick<Report, "markdown" | "citations">): Root {
  const edited = plainDollars(markdown, "parser");
  const tree = parser.parse(edited.markdown) as Root;
  withoutDepth(tree, edited.markdown);
  placeMarks(tree, { markdown, citations, edited });
  settleReferences(tree);
  walk<Nodes>(tree, (node, parent, index) => {
    const plain = plainNode(node, parent, edited.markdown);
    if (plain) parent.children.splice(index, 1, ...plain);
  });
  captionTables(tree);
  evenHeadings(tree);
  return tree;
}

/** A formula that stands on a line of its own. */
export const isDisplayed = (node: InlineMath | FormulaBlock): boolean => node.type === "math" || node.data?.hName === "display";

function plainNode(node: Nodes, parent: Nodes, source: string): Nodes[] | null {
  if (node.type === "html") return isLineBreak.test(node.value) ? [{ type: "break" }] : inPlace(withoutTags(node.value), parent);
  if (node.type === "image") return [textNode(pictureText(node))];
  if (node.type === "inlineMath") {
    const isDisplay = source.startsWith("$$$", node.position?.start.offset ?? 0);
    return [{ type: "inlineMath", value: node.value.trim(), data: { ...(isDisplay && { hName: "display" }) } }];
  }
  return null;
}

/** A picture is its description; one that a script of the run made is named by its number too. */
function pictureText({ alt, url }: Image): string {
  const figure = figureAddress.exec(url)?.[1];
  return figure ? `[Figure ${figure}${alt ? `: ${alt}` : ""}]` : (alt ?? "");
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
