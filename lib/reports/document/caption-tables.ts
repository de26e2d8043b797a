import type { Paragraph, PhrasingContent, Root, RootContent, Table } from "mdast";
import { textOf } from "./text-of.ts";

declare module "mdast" {
  interface TableData {
    caption?: PhrasingContent[];
  }
}

/** `Table 1: …`, `**Tabelle 2.** …`, `表1 …`: how models head their tables. */
const caption = /^\s*(?:table|tab\.|tabelle|tableau|tabla|tabella|表格?|図表)\s*[\dIVX]+\s*[.:：、—–-]?\s*\S/i;
const longest = 300;

/** Makes the line above a table, or below it, its caption where it says that it is one. */
export function captionTables(tree: Root): void {
  for (let index = tree.children.length - 1; index >= 0; index -= 1) {
    const table = tree.children[index];
    if (table?.type !== "table") continue;
    const [before, after] = [tree.children[index - 1], tree.children[index + 1]];
    const found = isCaption(before) ? before : isCaption(after) ? after : null;
    if (!found) continue;
    table.data = { ...table.data, caption: found.children };
    tree.children.splice(tree.children.indexOf(found), 1);
  }
}

/** The caption of a table; empty where it has none. */
export const captionOf = (table: Table): PhrasingContent[] => table.data?.caption ?? [];

function isCaption(node: RootContent | undefined): node is Paragraph {
  if (node?.type !== "paragraph") return false;
  const text = textOf(node);
  return text.length <= longest && caption.test(text);
}
