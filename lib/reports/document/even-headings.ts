import type { Heading, Root, RootContent } from "mdast";

/** Counts headings from 1 and closes the gaps, so that none is more than one below the one before it: what readers of headings and PDF/UA ask for. */
export function evenHeadings(tree: Root): void {
  const headings = headingsOf(tree);
  /** The depths that are open above the next heading, as they were written. */
  const open: number[] = [];
  for (const heading of headings) {
    while (open.length > 0 && (open.at(-1) ?? 0) >= heading.depth) open.pop();
    open.push(heading.depth);
    heading.depth = Math.min(6, open.length) as Heading["depth"];
  }
}

/** The headings of a tree, in order. */
export function headingsOf(tree: Root): Heading[] {
  const found: Heading[] = [];
  const visit = (nodes: readonly RootContent[]) => {
    for (const node of nodes) {
      if (node.type === "heading") found.push(node);
      else if ("children" in node) visit(node.children);
    }
  };
  visit(tree.children);
  return found;
}
