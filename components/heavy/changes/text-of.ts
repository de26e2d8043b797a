import type { Nodes } from "mdast";

const blocks = new Set(["root", "list", "listItem", "blockquote", "table", "tableRow"]);

/** What a reader sees of a part of a document. */
export function textOf(node: Nodes): string {
  if ("children" in node) return node.children.map(textOf).join(blocks.has(node.type) ? "\n" : "");
  if ("value" in node) return node.value;
  if ("alt" in node) return node.alt ?? "";
  return node.type === "break" ? "\n" : "";
}

/** The same for all parts that look and lead the same. White space is one space. */
export function signatureOf(node: Nodes): string {
  const own = "url" in node ? `${node.type} ${node.url}` : node.type;
  if ("children" in node) return `${own}(${node.children.map(signatureOf).join("")})`;
  return node.type === "text" ? node.value.replace(/\s+/g, " ") : `${own}(${textOf(node)})`;
}
