import type { Citation } from "#lib/domain/citation.ts";
import { findMarks } from "./marks.ts";

/** A citation before its source has its number in the report, and where its mark goes in the prose. */
export interface Placed {
  at: number;
  lead: string;
  sourceId: string;
  citation: Omit<Citation, "n" | "sourceId">;
}

export interface Marked {
  markdown: string;
  citations: Citation[];
  /** Ids of the cited sources in the order of their numbers. */
  cited: string[];
}

/**
 * Writes the marks into the prose, sources numbered by first appearance. What comes out is read again: numbers in brackets that are no
 * marks of ours are escaped, and a citation whose mark would not be read as one (in half a code span, say) goes, so that marks and
 * citations always agree.
 */
export function withMarks(prose: string, placed: readonly Placed[]): Marked {
  const inOrder = placed
    .map((each, order) => ({ each, order }))
    .sort((one, other) => one.each.at - other.each.at || one.order - other.order);
  const kept = inOrder.map(({ each }) => each);
  const cited = [...new Set(kept.map((each) => each.sourceId))];
  const numbers = kept.map(({ sourceId }) => cited.indexOf(sourceId) + 1);
  let { text, marks } = write(prose, kept, numbers);
  for (;;) {
    const read = findMarks(text);
    const readAt = new Set(read.map((mark) => mark.start));
    const lost = marks.findIndex((start) => !readAt.has(start));
    if (lost >= 0)
      return withMarks(
        prose,
        kept.filter((_, place) => place !== lost),
      );
    const foreign = read.filter((mark) => !marks.includes(mark.start)).map((mark) => mark.start);
    if (foreign.length === 0) break;
    marks = marks.map((start) => start + foreign.filter((other) => other < start).length);
    text = foreign.reduceRight((escaped, start) => `${escaped.slice(0, start)}\\${escaped.slice(start)}`, text);
  }
  const citations = kept.map(({ sourceId, citation }, place) => ({ n: numbers[place] ?? 0, sourceId, ...citation }));
  return { markdown: text, citations, cited };
}

/** The prose with the marks in it, and where each of them begins. */
function write(prose: string, placed: readonly Placed[], numbers: readonly number[]): { text: string; marks: number[] } {
  let text = "";
  let last = 0;
  const marks: number[] = [];
  for (const [place, { at, lead }] of placed.entries()) {
    text += prose.slice(last, at);
    text += text.endsWith("\\") ? " " : lead;
    marks.push(text.length);
    text += `[${numbers[place]}]`;
    const lineBefore = text.slice(text.lastIndexOf("\n") + 1, marks.at(-1));
    const isLastHere = placed[place + 1]?.at !== at;
    // Behind it ( would make a link of the mark, and : at the head of a line a definition.
    if (isLastHere && (prose[at] === "(" || (prose[at] === ":" && lineBefore.trim() === ""))) text += " ";
    last = at;
  }
  return { text: text + prose.slice(last), marks };
}
