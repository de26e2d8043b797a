import type { Span } from "#lib/std/span.ts";

export interface TextPart {
  text: string;
  /** Which of the places it belongs to; null where it is none of them. */
  place: number | null;
}
export interface TextBlock {
  /** The place of its first character in the text. */
  start: number;
  heading: boolean;
  parts: TextPart[];
}

/** The paragraphs of a stored text, with the places marked where they lie: in order, none over another. Every character is kept, blank lines between paragraphs aside. */
export function splitText(text: string, places: readonly Span[]): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (const match of text.matchAll(/\S(?:.|\n(?!\s*\n))*/g)) {
    const start = match.index;
    const body = match[0];
    blocks.push({ start, heading: /^#{1,6}\s[^\n]*$/.test(body), parts: partsOf(body, start, places) });
  }
  return blocks;
}

function partsOf(body: string, start: number, places: readonly Span[]): TextPart[] {
  const parts: TextPart[] = [];
  let last = 0;
  for (const [place, span] of places.entries()) {
    const from = Math.max(0, span.start - start);
    const to = Math.min(body.length, span.end - start);
    if (from >= to) continue;
    parts.push({ text: body.slice(last, from), place: null }, { text: body.slice(from, to), place });
    last = to;
  }
  parts.push({ text: body.slice(last), place: null });
  return parts.filter((part) => part.text !== "");
}
