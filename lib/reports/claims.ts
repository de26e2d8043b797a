import { protectedSpans } from "#lib/domain/protected-spans.ts";
import { sentences } from "#lib/std/sentences.ts";
import type { Span } from "#lib/std/span.ts";

/** Headings, rules, table heads and their bars claim nothing. */
const noClaim = /^\s*(?:#{1,6}\s|[-*_=]{3,}\s*$|\|?[\s:|-]+\|?\s*$)/;
const tableBars = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** The sentences of a report that can carry a mark, in order. Code, headings and table heads have none. */
export function claims(prose: string): Span[] {
  const spans = protectedSpans(prose).filter((span) =>
    /^[ \t]*(?:`{3,}|~{3,}|\$\$|\[\^?[^\]\n]+\]:)/.test(prose.slice(span.start, span.end)),
  );
  return sentences(prose).filter((span) => {
    const text = prose.slice(span.start, span.end);
    return !noClaim.test(text) && !spans.some((other) => span.start < other.end && other.start < span.end) && !isTableHead(prose, span);
  });
}

function isTableHead(prose: string, span: Span): boolean {
  if (prose[span.start] !== "|") return false;
  const next = prose.slice(span.end).split("\n")[1] ?? "";
  return tableBars.test(next);
}
