import type { Emphasis, LinkReference, Nodes, PhrasingContent, Root, Text } from "mdast";
import type { Citation } from "#lib/domain/citation.ts";
import { walk } from "#lib/reports/html/walk.ts";
import { findMarks } from "#lib/reports/marks.ts";
import type { Edited } from "./plain-dollars.ts";

/** A mark in the tree: an element that no Markdown can write, so none but ours survives until it is made a button. */
export const markElement = "citation-mark";

interface Placed {
  /** Where it stands in the text that was parsed. */
  start: number;
  end: number;
  /** The place of its citation. */
  index: number;
}

/**
 * Replaces the marks in the text of a parsed report by nodes that carry the place of their citation. Which `[n]` are marks is decided by
 * `findMarks`, on the source; a mark whose number is not that of its citation stays text.
 */
export function placeMarks(tree: Root, report: { markdown: string; citations: readonly Citation[]; edited: Edited }): void {
  const marks = findMarks(report.markdown)
    .map((mark, index) => ({ n: mark.n, start: report.edited.moved(mark.start), end: report.edited.moved(mark.end), index }))
    .filter((mark) => report.citations[mark.index]?.n === mark.n);
  if (marks.length === 0) return;
  walk<Nodes>(tree, (node, parent, index) => {
    if (node.type !== "text" && node.type !== "linkReference") return;
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const inside = marksIn(marks, start, end);
    if (inside.length > 0) parent.children.splice(index, 1, ...withMarks(node, report.edited.markdown.slice(start, end), start, inside));
  });
}

function marksIn(marks: readonly Placed[], start: number, end: number): Placed[] {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const inside: Placed[] = [];
  for (let at = low; (marks[at]?.end ?? end + 1) <= end; at += 1) inside.push(marks[at] as Placed); // its end is known, so it is there
  return inside;
}

/** A reference is a mark and what stands behind it: `[1][]`, or two marks side by side, of which the first names a target. */
function withMarks(node: Text | LinkReference, source: string, start: number, marks: Placed[]): PhrasingContent[] {
  if (node.type === "text") return splitText(node, source, start, marks);
  const parts: PhrasingContent[] = [];
  let last = start;
  for (const mark of marks) {
    if (mark.start > last) parts.push({ type: "text", value: source.slice(last - start, mark.start - start) });
    parts.push(markNode(mark.index));
    last = mark.end;
  }
  const rest = source.slice(last - start);
  return rest === "" || rest === "[]" ? parts : [...parts, { type: "text", value: rest }];
}

/** The k-th bracketed number of the source is the k-th of the text, whatever escapes and line prefixes stand between them. */
function splitText(node: Text, source: string, start: number, marks: Placed[]): PhrasingContent[] {
  const inSource = [...source.matchAll(/\[(\d+)\\?\]/g)];
  const inText = [...node.value.matchAll(/\[(\d+)\]/g)];
  if (inSource.length !== inText.length) return [node];
  const byStart = new Map(marks.map((mark) => [mark.start, mark]));
  const parts: PhrasingContent[] = [];
  let last = 0;
  for (const [place, match] of inText.entries()) {
    const mark = byStart.get(start + (inSource[place]?.index ?? -1));
    if (!mark) continue;
    if (match.index > last) parts.push({ type: "text", value: node.value.slice(last, match.index) });
    parts.push(markNode(mark.index));
    last = match.index + match[0].length;
  }
  if (last < node.value.length) parts.push({ type: "text", value: node.value.slice(last) });
  return parts;
}

const markNode = (index: number): Emphasis => ({
  type: "emphasis", // any inline type will do: `hName` decides the element
  children: [],
  data: { hName: markElement, hProperties: { index } },
});

/** The place of the citation that a node is the mark of; null for any other node. */
export function markIn(node: Nodes): number | null {
  return node.type === "emphasis" && node.data?.hName === markElement ? Number(node.data.hProperties?.index) : null;
}
