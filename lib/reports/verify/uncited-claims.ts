import { claims } from "#lib/reports/claims.ts";
import { contentTokens } from "#lib/reports/evidence-index.ts";
import { findMarks } from "#lib/reports/marks.ts";
import { plainClaim } from "#lib/reports/plain-claim.ts";
import type { Span } from "#lib/std/span.ts";

/** A sentence of a report that states something and cites nothing; offsets into its Markdown. */
export interface UncitedClaim extends Span {
  text: string;
}

/** Fewer words of subject state nothing that could be checked. */
const leastWords = 3;
/** What a section is called that says what stayed open: its sentences have no source because there is none. */
const openSection =
  /could not be found|not found|(?:open|unanswered) (?:questions?|points?)|limitation|what is (?:missing|not known)|unknown|未能查到|未(?:能)?找到|没有(?:查到|找到)|无法(?:查到|确认|核实)|尚未(?:查明|解决)|局限|nicht gefunden|offene (?:fragen|punkte)|einschränkungen|introuvable|pas (?:pu )?(?:être )?trouvé|limites|no se (?:pudo|encontr)|non trovat|見つから|찾을 수 없/iu;
/** Sentences about the report itself, and what leads over to a list or a table. */
const aboutReport =
  /^(?:the (?:following|next|table|list|figure|section)s?\b.{0,80}(?:below|following|table|list|summar|show|compar|present|outlin|overview|:$)|(?:this|the present) (?:report|section|table|answer|overview|comparison|document)\b|below\b|here (?:is|are)\b|in (?:summary|short|conclusion)[:：]?$|see\b|note(?: that)?:?$|sources?:|下表|下列|以下|本(?:报告|节|章|文|表)|如下|综上[:：]?$|die folgende|dieser (?:bericht|abschnitt)|diese tabelle|le tableau|ce rapport|ci-dessous)|[:：]$/iu;

/** The sentences of a report that state a fact without a citation, in order. Headings, questions and what could not be found are none. */
export function uncitedClaims(markdown: string): UncitedClaim[] {
  const marks = findMarks(markdown);
  // Marks give way to white space of the same length, so that offsets stay.
  const prose = marks.reduce((text, { start, end }) => text.slice(0, start) + " ".repeat(end - start) + text.slice(end), markdown);
  const sentences = claims(prose);
  const cited = new Set(marks.map(({ start }) => sentenceOf(start, prose, sentences)));
  const open = openSections(markdown);
  return sentences.flatMap((span): UncitedClaim[] => {
    const text = plainClaim(markdown.slice(span.start, span.end));
    const isOpen = open.some(({ start, end }) => start <= span.start && span.start < end);
    const isTitle = title.test(markdown.slice(span.start, span.end));
    return cited.has(span) || isOpen || isTitle || !states(text) ? [] : [{ ...span, text }];
  });
}

/** A line that is bold from end to end, and no sentence: what follows stands under it. */
const title = /^(?:[-*+•]\s+)?(\*\*|__)(?:(?!\1)[^.!?。！？\n])+\1[:：]?$/;

const states = (text: string) => !/[?？]["”’)）]*$/.test(text) && !aboutReport.test(text) && contentTokens(text).size >= leastWords;

/** The sentence that a mark was set on: the one it stands in or right behind; at the head of a line, the one that follows. */
function sentenceOf(at: number, prose: string, sentences: readonly Span[]): Span | undefined {
  const before = sentences.findLast(({ start }) => start < at);
  if (before && (at <= before.end || !prose.slice(before.end, at).includes("\n"))) return before;
  return sentences.find(({ start }) => start >= at && !prose.slice(at, start).includes("\n"));
}

/** From a heading that says so to the next one of its depth or above. */
function openSections(markdown: string): Span[] {
  const headings = [...markdown.matchAll(/^ {0,3}(#{1,6})[ \t]+(.+)$/gm)].map(({ index, 1: marks = "", 2: title = "" }) => ({
    start: index,
    depth: marks.length,
    title,
  }));
  return headings.flatMap(({ depth, title, start }, place) => {
    if (!openSection.test(title)) return [];
    const next = headings.slice(place + 1).find((other) => other.depth <= depth);
    return [{ start, end: next?.start ?? markdown.length }];
  });
}
