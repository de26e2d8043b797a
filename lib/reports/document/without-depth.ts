import type { Nodes, Parent, Root } from "mdast";

/** Nobody reads what is nested deeper, and what walks a tree by recursion needs an end. */
const deepest = 24;

/** Makes text of what is nested too deep. Without recursion, because that is what it saves. */
export function withoutDepth(tree: Root, source: string): void {
  const open: { node: Parent; depth: number }[] = [{ node: tree, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { node, depth } = at;
    for (const child of node.children as Nodes[]) {
      if (!("children" in child)) continue;
      if (depth < deepest) open.push({ node: child, depth: depth + 1 });
      else Object.assign(child, { children: flat(child, source) });
    }
  }
}

function flat(node: Nodes, source: string): Nodes[] {
  const value = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0).replace(/^[\s>*+-]{8,}/, "");
  const text: Nodes = { type: "text", value };
  if (node.type === "list") return [{ type: "listItem", children: [{ type: "paragraph", children: [text] }] }];
  return node.type === "blockquote" || node.type === "listItem" ? [{ type: "paragraph", children: [text] }] : [text];
}
