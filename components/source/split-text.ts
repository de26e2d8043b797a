import type { Span } from "#lib/std/span.ts";

export interface TextPart {
  text: string;
  marked: boolean;
}
export interface TextBlock {
  /** The place of its first character in the text. */
  start: number;
  heading: boolean;
  parts: TextPart[];
}

/** The paragraphs of a stored text, with the passage marked where it lies. Every character of the text is kept, blank lines between paragraphs aside. */
export function splitText(text: string, passage: Span | null): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const match of text.matchAll(/\S(?:.|\n(?!\s*\n))*/g)) {
    const start = match.index;
    const body = match[0];
    blocks.push({ start, heading: /^#{1,6}\s[^\n]*$/.test(body), parts: partsOf(body, start, passage) });
  }
  return blocks;
}

function partsOf(body: string, start: number, passage: Span | null): TextPart[] {
  if (!passage) return [{ text: body, marked: false }];
  const from = Math.max(0, passage.start - start);
  const to = Math.min(body.length, passage.end - start);
  if (from >= to) return [{ text: body, marked: false }];
  return [
    { text: body.slice(0, from), marked: false },
    { text: body.slice(from, to), marked: true },
    { text: body.slice(to), marked: false },
  ].filter((part) => part.text !== "");
}
