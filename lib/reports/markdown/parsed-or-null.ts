import type { Root } from "mdast";

/** Markdown as a tree. Null where its lists or quotes are nested so deep that the parser, which goes down by recursion, has no stack left. */
export function parsedOrNull(parser: { parse(markdown: string): unknown }, markdown: string): Root | null {
  try {
    return parser.parse(markdown) as Root;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
