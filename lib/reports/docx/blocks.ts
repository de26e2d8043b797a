import {
  AlignmentType,
  BorderStyle,
  type FileChild,
  HeadingLevel,
  type IParagraphOptions,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { List, Nodes, PhrasingContent, Table as TableNode } from "mdast";
import { captionOf } from "#lib/reports/document/caption-tables.ts";
import { type Pictures, runs } from "./runs.ts";
import { words } from "./words.ts";

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
];

/** Where a block stands: in how many lists and quotations, and in which list. */
export interface Place {
  depth: number;
  indent: number;
  /** Gives each list a number of its own, so that each counts from its own start. */
  nextList: () => number;
  /** The bytes of figures. */
  pictures: Pictures;
  /** Collects the numbers that lists begin with. */
  starts: Set<number>;
}

/** The name of the numbering of lists that begin with a number. */
export const numberingFrom = (start: number): string => `numbers-from-${start}`;

const twentiethsPerStep = 400;
const deepestLevel = 8;

/** The blocks of a tree as paragraphs and tables of Word. */
export function docxBlocks(nodes: readonly Nodes[], place: Place): FileChild[] {
  return nodes.flatMap((node) => block(node, place));
}

function block(node: Nodes, place: Place): FileChild[] {
  const indented = place.indent > 0 ? { indent: { left: place.indent * twentiethsPerStep } } : {};
  switch (node.type) {
    case "heading":
      return [new Paragraph({ heading: levels[node.depth - 1] ?? HeadingLevel.HEADING_6, children: runs(node.children) })];
    case "paragraph":
      return [new Paragraph({ ...indented, children: runs(node.children, {}, place.pictures) })];
    case "blockquote":
      return docxBlocks(node.children, { ...place, indent: place.indent + 1 });
    case "list":
      return list(node, place);
    case "code":
      return [new Paragraph({ ...indented, style: "CodeBlock", children: codeLines(node.value) })];
    case "table":
      return table(node);
    case "thematicBreak":
      return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: "C9CCD0", space: 1 } }, children: [] })];
    default:
      return [new Paragraph({ ...indented, children: runs([node as PhrasingContent]) })]; // text where a block was to stand
  }
}

const codeLines = (code: string) =>
  code.split("\n").map((line, index) => new TextRun({ text: words(line), ...(index > 0 && { break: 1 }) }));

function list(node: List, place: Place): FileChild[] {
  const instance = place.nextList();
  const start = Math.max(0, Math.min(node.start ?? 1, 100_000));
  if (node.ordered) place.starts.add(start);
  const reference = node.ordered ? numberingFrom(start) : "bullets";
  const numbering: IParagraphOptions = { numbering: { reference, level: Math.min(place.depth, deepestLevel), instance } };
  return node.children.flatMap((item) => {
    const [first, ...rest] = item.children;
    const inside = { ...place, depth: place.depth + 1, indent: place.indent + 1 };
    const box = item.checked === true ? "☑ " : item.checked === false ? "☐ " : "";
    const head = first?.type === "paragraph" ? first.children : [];
    const children = [...(box ? [new TextRun(box)] : []), ...runs(head)];
    return [new Paragraph({ ...numbering, children }), ...docxBlocks(first?.type === "paragraph" ? rest : item.children, inside)];
  });
}

const aligned = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER };

function table(node: TableNode): FileChild[] {
  const width = Math.max(1, ...node.children.map((row) => row.children.length));
  const rows = node.children.map(
    (row, place) =>
      new TableRow({
        tableHeader: place === 0,
        cantSplit: true,
        children: Array.from({ length: width }, (_, column) => {
          const align = node.align?.[column];
          const children = runs(row.children[column]?.children ?? [], place === 0 ? { bold: true } : {});
          return new TableCell({
            children: [new Paragraph({ style: "TableText", ...(align && { alignment: aligned[align] }), children })],
          });
        }),
      }),
  );
  const caption = captionOf(node);
  return [
    ...(caption.length > 0 ? [new Paragraph({ style: "Caption", keepNext: true, children: runs(caption) })] : []),
    new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } }),
    new Paragraph({ children: [] }),
  ];
}
