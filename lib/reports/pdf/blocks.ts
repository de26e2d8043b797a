import type { Image, List, ListItem, Nodes, PhrasingContent, Table, TableCell } from "mdast";
import type { Citation } from "#lib/domain/citation.ts";
import { captionOf } from "#lib/reports/document/caption-tables.ts";
import { figureIn, figureWords } from "#lib/reports/document/figure-in.ts";
import { isDisplayed } from "#lib/reports/document/parse-report.ts";
import { markIn } from "#lib/reports/document/place-marks.ts";
import { textOf } from "#lib/reports/document/text-of.ts";
import { statusWord } from "#lib/reports/html-document/words.ts";
import { codeLiteral, literal } from "./literal.ts";

export interface TypstFormula {
  tex: string;
  display: boolean;
}

/** What the text of a report needs beside its tree. */
export interface Setting {
  citations: readonly Citation[];
  /** Collects the formulas; the code refers to each by its place. */
  formulas: TypstFormula[];
  /** Numbers of the figures whose bytes are at hand. */
  pictures: ReadonlySet<number>;
  /** Collects the places of the citations whose marks stand in the text. */
  placed: Set<number>;
}

/** The blocks of a tree as Typst's code, one after the other. Every text of them is a string literal. */
export const blocks = (nodes: readonly Nodes[], setting: Setting): string =>
  `{\n${nodes.map((node) => block(node, setting)).join("\n")}\n}`;

function block(node: Nodes, setting: Setting): string {
  switch (node.type) {
    case "heading":
      return `section(${node.depth}, ${literal(textOf(node))}, ${inline(node.children, setting)})`;
    case "paragraph":
      return paragraph(node.children, setting);
    case "blockquote":
      return `quote(block: true, ${blocks(node.children, setting)})`;
    case "list":
      return list(node, setting);
    case "code":
      return `raw(block: true, ${codeLiteral(node.value)})`;
    case "table":
      return table(node, setting);
    case "thematicBreak":
      return "rule()";
    case "math":
      return formula({ tex: node.value, display: true }, setting);
    default:
      return paragraph([node as PhrasingContent], setting); // text where a block was to stand
  }
}

/** Not `par`: a formula of its own line inside one would be left out. */
const paragraph = (nodes: readonly PhrasingContent[], setting: Setting) => `${inline(nodes, setting)}; parbreak()`;

function list(node: List, setting: Setting): string {
  const isTight = !node.spread && node.children.every((item) => !item.spread);
  const items = node.children.map((item) => listItem(item, setting)).join(",\n");
  return node.ordered
    ? `enum(start: ${Math.max(0, Math.min(node.start ?? 1, 1e6))}, tight: ${isTight}, ${items})`
    : `list(tight: ${isTight}, ${items})`;
}

function listItem(item: ListItem, setting: Setting): string {
  const box = item.checked === true ? '"☑ "; ' : item.checked === false ? '"☐ "; ' : "";
  const [first, ...rest] = item.children;
  // The text of an item is no paragraph of its own where it stands alone: a tight list would fall apart.
  if (first?.type !== "paragraph") return `{ ${box}${blocks(item.children, setting)} }`;
  return `{ ${box}${inline(first.children, setting)}\n${rest.length > 0 ? blocks(rest, setting) : ""} }`;
}

/** Tables with many columns take smaller letters, so that their words are not torn apart. */
const sizes = [
  { from: 7, size: "7pt" },
  { from: 5, size: "8pt" },
  { from: 0, size: "9pt" },
];

function table(node: Table, setting: Setting): string {
  const [head, ...rows] = node.children;
  const width = Math.max(1, ...node.children.map((row) => row.children.length));
  const cells = (row: readonly TableCell[]) =>
    Array.from({ length: width }, (_, column) => inline(row[column]?.children ?? [], setting)).join(", ");
  const aligns = Array.from({ length: width }, (_, column) => node.align?.[column] ?? "left").join(", ");
  const size = sizes.find(({ from }) => width >= from)?.size ?? "9pt";
  const body = rows.map((row) => `${cells(row.children)},`).join("\n");
  const code = `data((${columnWidths(node, width)}), (${aligns},), ${size}, (${cells(head?.children ?? [])},), ${body})`;
  const caption = captionOf(node);
  return caption.length > 0 ? `captioned(${inline(caption, setting)}, ${code})` : code;
}

/** A column is as wide as its words ask for, and a table no wider than the page. */
function columnWidths(node: Table, width: number): string {
  const lengths = Array.from({ length: width }, (_, column) =>
    Math.max(3, ...node.children.map((row) => textOf(row.children[column] ?? row).length)),
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= 70) return `${lengths.map(() => "auto").join(", ")},`;
  return `${lengths.map((length) => `${Math.max(0.6, Math.sqrt(length) / 3).toFixed(2)}fr`).join(", ")},`;
}

/** Text with its markup as a code block that joins to content. */
export function inline(nodes: readonly PhrasingContent[], setting: Setting): string {
  const parts = nodes.map((node, place) => phrase(beforeMark(node, nodes[place + 1]), setting)).filter((part) => part !== "");
  return parts.length === 0 ? "[]" : `{ ${parts.join("; ")} }`;
}

/** A mark stands close to its sentence, without the space that Markdown has between them. */
function beforeMark(node: PhrasingContent, next: PhrasingContent | undefined): PhrasingContent {
  return node.type === "text" && next && markIn(next) !== null ? { ...node, value: node.value.trimEnd() } : node;
}

function phrase(node: PhrasingContent, setting: Setting): string {
  const index = markIn(node);
  if (index !== null) return mark(index, setting);
  switch (node.type) {
    case "text":
      return `text(${literal(node.value)})`;
    case "emphasis":
      return `emph(${inline(node.children, setting)})`;
    case "strong":
      return `strong(${inline(node.children, setting)})`;
    case "delete":
      return `strike(${inline(node.children, setting)})`;
    case "inlineCode":
      return `raw(${codeLiteral(node.value)})`;
    case "link":
      return node.children.length === 0 ? "" : `away(${literal(node.url)}, ${inline(node.children, setting)})`;
    case "break":
      return "linebreak()";
    case "image":
      return picture(node, setting);
    case "inlineMath":
      return formula({ tex: node.value, display: isDisplayed(node) }, setting);
    default:
      return `text(${literal(textOf(node))})`;
  }
}

function mark(index: number, { citations, placed }: Setting): string {
  const citation = citations[index];
  if (!citation || placed.has(index)) return "";
  placed.add(index);
  const { n, status } = citation;
  const word = status === "quoted" || status === "supported" ? "" : statusWord(status);
  return `mark(${n}, ${index}, "${word}")`;
}

/** A figure whose bytes are at hand; else its words. */
function picture(node: Image, { pictures }: Setting): string {
  const figure = figureIn(node);
  if (!figure || !pictures.has(figure.n)) return `text(${literal(textOf(node))})`;
  return `picture(${figure.n}, ${literal(node.alt || figure.name)}, ${literal(`${figureWords(figure.n, node.alt)}. Drawn by a script of this research.`)})`;
}

function formula(each: TypstFormula, { formulas }: Setting): string {
  formulas.push(each);
  return `formula(${formulas.length - 1})`;
}
