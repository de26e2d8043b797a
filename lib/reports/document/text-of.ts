import type { Nodes } from "mdast";
import { figureIn, figureWords } from "./figure-in.ts";

/** What a node says, without its markup. A formula is its TeX, a mark nothing. */
export function textOf(node: Nodes): string {
  if (node.type === "break") return " ";
  if (node.type === "image") return `[${figureWords(figureIn(node)?.n ?? 0, node.alt)}]`;
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
