import { protectedSpans } from "#lib/domain/protected-spans.ts";
import { touches } from "#lib/domain/touches.ts";

export interface Mark {
  n: number;
  start: number;
  end: number;
}

/**
 * The marks of a report, in order: each `[n]` of its prose. What stands in code, in a link, in an address or behind a backslash is no
 * mark. The k-th mark belongs to the k-th citation.
 */
export function findMarks(markdown: string): Mark[] {
  const spans = protectedSpans(markdown);
  return [...markdown.matchAll(/(?<!\\)\[(\d+)\]/g)]
    .map((match) => ({ n: Number(match[1]), start: match.index, end: match.index + match[0].length }))
    .filter((mark) => !touches(spans, mark));
}

/** The report with every mark replaced; `index` is the place of the mark, and of its citation, from 0. */
export function replaceMarks(markdown: string, replacement: (n: number, index: number) => string): string {
  let text = "";
  let last = 0;
  for (const [index, mark] of findMarks(markdown).entries()) {
    text += markdown.slice(last, mark.start) + replacement(mark.n, index);
    last = mark.end;
  }
  return text + markdown.slice(last);
}
