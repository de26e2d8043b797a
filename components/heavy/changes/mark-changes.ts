import type { Nodes, Parent, PhrasingContent, Root } from "mdast";
import { type Change, markAll, markInline } from "./mark-inline.ts";
import { type Pair, pairUp } from "./pair-up.ts";
import { signatureOf, textOf } from "./text-of.ts";

/**
 * Marks in `after` what changed against `before`: the document stays `after` in all its structure, and what is gone stands in its place once more,
 * in the structure it had. Code is never marked.
 */
export function markChanges(before: Root, after: Root): void {
  after.children = markBlocks(before, after) as Root["children"];
}

const pieces = {
  keyOf: signatureOf,
  textOf,
  canBecome: (before: Nodes, after: Nodes) => before.type === after.type,
};

const markBlocks = (before: Parent, after: Parent): Nodes[] =>
  alone(pairUp<Nodes>(before.children, after.children, pieces)).flatMap((pair) => {
    if (pair.after === null) return hasWords(pair.before) ? [markBlock("del", pair.before)] : [];
    if (pair.before === null) return [markBlock("ins", pair.after)];
    return [signatureOf(pair.before) === signatureOf(pair.after) ? pair.after : markChanged(pair.before, pair.after)];
  });

/** One heading in the place of another, one paragraph in the place of another, has changed, however little they have in common. */
function alone(pairs: Pair<Nodes>[]): Pair<Nodes>[] {
  return pairs.flatMap((pair, index) => {
    const [gone, come] = [pairs[index - 1], pair];
    const next = pairs[index + 1];
    if (next && isSwap(pairs, index)) return [{ before: pair.before, after: next.after } as Pair<Nodes>];
    return gone && come && isSwap(pairs, index - 1) ? [] : [pair];
  });
}

function isSwap(pairs: Pair<Nodes>[], at: number): boolean {
  const [gone, come] = [pairs[at], pairs[at + 1]];
  if (!gone?.before || gone.after !== null || !come?.after || come.before !== null || gone.before.type !== come.after.type) return false;
  return pairs[at - 1]?.after !== null && pairs[at + 2]?.before !== null;
}

function markChanged(before: Nodes, after: Nodes): Nodes {
  if (isInline(before) && isInline(after)) return { ...after, children: markInline(before.children, after.children) } as Nodes;
  if (after.type === "tableRow" && before.type === "tableRow")
    return {
      ...after,
      children: after.children.map((cell, index) => markChanged(before.children[index] ?? { type: "tableCell", children: [] }, cell)),
    } as Nodes;
  if ("children" in before && "children" in after) return { ...after, children: markBlocks(before, after) } as Nodes;
  return after;
}

/** A block that came or went as a whole, down to its text. */
function markBlock(change: Change, node: Nodes): Nodes {
  if (isInline(node)) return { ...node, children: markAll(change, node.children) } as Nodes;
  if (!("children" in node)) return node;
  const item = node.type === "listItem" && { data: { hProperties: { className: [change === "ins" ? "came" : "gone"] } } };
  return { ...node, ...item, children: node.children.map((child) => markBlock(change, child)) } as Nodes;
}

const isInline = (node: Nodes): node is Nodes & { children: PhrasingContent[] } =>
  node.type === "paragraph" || node.type === "heading" || node.type === "tableCell";
const hasWords = (node: Nodes) => node.type !== "code" && node.type !== "html" && textOf(node).trim() !== "";
