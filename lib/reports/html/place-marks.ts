import type { Nodes, PhrasingContent, Root, Text } from "mdast";
import type { Citation } from "#lib/domain/citation.ts";
import { findMarks, type Mark } from "#lib/reports/marks.ts";
import { walk } from "./walk.ts";

/** A mark in the tree: an element that no Markdown can write, so none but ours survives until it is made a button. */
export const markElement = "citation-mark";

type Placed = Mark & { index: number };

/**
 * Replaces the marks in the text of a parsed report by elements that carry the place of their citation. Which `[n]` are marks is decided by
 * `findMarks`, on the source; a mark whose number is not that of its citation stays text.
 */
export function placeMarks(tree: Root, markdown: string, citations: readonly Citation[]): void {
  const marks = findMarks(markdown)
    .map((mark, index) => ({ ...mark, index }))
    .filter((mark) => citations[mark.index]?.n === mark.n);
  walk<Nodes>(tree, (node, parent, index) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const inside = marks.filter((mark) => mark.start >= start && mark.end <= end);
    if (inside.length === 0) return;
    if (node.type === "text") parent.children.splice(index, 1, ...splitText(node, markdown.slice(start, end), start, inside));
    if (node.type === "linkReference" && inside[0]) parent.children.splice(index, 1, markNode(inside[0].index));
  });
}

/** The k-th bracketed number of the source is the k-th of the text, whatever escapes and line prefixes stand between them. */
function splitText(node: Text, source: string, start: number, marks: Placed[]): PhrasingContent[] {
  const inSource = [...source.matchAll(/\[(\d+)\\?\]/g)];
  const inText = [...node.value.matchAll(/\[(\d+)\]/g)];
  if (inSource.length !== inText.length) return [node];
  const parts: PhrasingContent[] = [];
  let last = 0;
  for (const [place, match] of inText.entries()) {
    const mark = marks.find((each) => each.start === start + (inSource[place]?.index ?? -1));
    if (!mark) continue;
    if (match.index > last) parts.push({ type: "text", value: node.value.slice(last, match.index) });
    parts.push(markNode(mark.index));
    last = match.index + match[0].length;
  }
  if (last < node.value.length) parts.push({ type: "text", value: node.value.slice(last) });
  return parts;
}

const markNode = (index: number): PhrasingContent => ({
  type: "emphasis", // any inline type will do: `hName` decides the element
  children: [],
  data: { hName: markElement, hProperties: { index } },
});
