import type { Nodes, Root } from "mdast";
import { captionOf } from "./caption-tables.ts";
import { markIn } from "./place-marks.ts";

/** How much of each kind a report holds. Every form that it is exported in holds as much. */
export interface Counts {
  headings: number;
  links: number;
  tables: number;
  formulas: number;
  citations: number;
}

export function countsOf(tree: Root): Counts {
  const counts: Counts = { headings: 0, links: 0, tables: 0, formulas: 0, citations: 0 };
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "heading") counts.headings += 1;
    if (node.type === "link" && node.children.length > 0) counts.links += 1;
    if (node.type === "table") {
      counts.tables += 1;
      open.push(...captionOf(node));
    }
    if (node.type === "inlineMath" || node.type === "math") counts.formulas += 1;
    if (markIn(node) !== null) counts.citations += 1;
    if ("children" in node) open.push(...node.children);
  }
  return counts;
}
