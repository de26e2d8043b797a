import type { Root } from "mdast";
import { markChanges } from "./mark-changes.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/** Of a document that is rendered, marks what changed against the text before. */
export const remarkChanges =
  ({ before }: { before: string }) =>
  (root: Root): void =>
    markChanges(parseMarkdown(before), root);
