import type { Span } from "./span.ts";

/** Longer than any sentence people write; what has no full stop until here (Thai, tables, code) is cut at a weaker place. */
const longestSentence = 800;

// A structure line of Markdown stands for itself: heading, list item, table row, quote, rule, fence.
const structure = /^\s*(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|\||>|```|~~~|[-*_]{3,}\s*$)/;
const lastOfLine = /[.!?:;。！？：；…|]["'”’)\]*_]*\s*$/;

const endOfSentence = /(?:[。！？｡]+[”’"'」』）)】]*)|(?:[.!?…؟۔।॥។]+["'”’»)\]*_]*(?:\[\^?\d{1,3}\])*)(?=\s|$)/gu;
const abbreviations = new Set(
  `dr mr mrs ms prof st jr sr vs no nos vol pp p fig figs inc ltd co corp gen col lt sgt capt cmdr adm rev hon gov sen rep pres
  jan feb mar apr jun jul aug sept sep oct nov dec approx cf ca est ed eds mt ft al e.g i.e a.m p.m dept univ assn bros art sec
  ch op cit resp incl bzw z.b d.h nr str usw etc`.split(/\s+/),
);
// After U.S. or a.m. a sentence may end or go on; these words begin sentences far more often than they follow inside one.
const starters =
  /^["'“‘(]*(?:The|This|That|These|Those|It|Its|He|She|They|We|In|On|At|But|And|However|After|Before|When|While|As|An?|There|His|Her|For|From|With|Although)\b/;

/** The sentences of a text, in order, without the white space around them. Headings, list items and table rows are units of their own. */
export function sentences(text: string): Span[] {
  return paragraphs(text).flatMap((paragraph) => sentencesOf(text, paragraph));
}

function paragraphs(text: string): Span[] {
  const found: Span[] = [];
  let current: Span | null = null;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.trim() === "") current = null;
    else if (current && continues(text.slice(current.start, current.end), line)) current.end = end;
    else {
      current = { start, end };
      found.push(current);
    }
    start = end + 1;
  }
  return found;
}

/** A hard-wrapped line goes on in the next one: it is long, no structure, and ends without an end. */
function continues(before: string, line: string): boolean {
  const last = before.slice(before.lastIndexOf("\n") + 1);
  return last.length >= 40 && !/^\s*(?:#{1,6}\s|\|)/.test(last) && !structure.test(line) && !lastOfLine.test(last);
}

function sentencesOf(text: string, paragraph: Span): Span[] {
  const body = text.slice(paragraph.start, paragraph.end);
  const found: Span[] = [];
  let start = 0;
  for (const match of body.matchAll(endOfSentence)) {
    const end = match.index + match[0].length;
    if (!endsHere(body, start, match)) continue;
    found.push(...pieces(body, start, end));
    start = end;
  }
  found.push(...pieces(body, start, body.length));
  return found.map((span) => ({ start: paragraph.start + span.start, end: paragraph.start + span.end }));
}

function endsHere(body: string, start: number, match: RegExpExecArray): boolean {
  if (!/[.…]/.test(match[0][0] ?? "")) return true;
  const rest = body.slice(match.index + match[0].length, match.index + match[0].length + 40).trimStart();
  if (rest === "") return true;
  if (/^\p{Ll}/u.test(rest)) return false;
  const word = /[\p{L}\p{N}.]*$/u.exec(body.slice(Math.max(start, match.index - 20), match.index))?.[0] ?? "";
  if (/^\d{1,3}$/.test(word) && body.slice(start, match.index).trim() === word) return false; // "1. " begins a list item
  if (/^\p{Lu}$/u.test(word)) return false; // an initial
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return starters.test(rest); // U.S.
  return !abbreviations.has(word.toLowerCase());
}

function pieces(body: string, start: number, end: number): Span[] {
  const found: Span[] = [];
  let from = start;
  while (end - from > longestSentence) {
    const window = body.slice(from, from + longestSentence);
    const cut = Math.max(window.lastIndexOf("; "), window.lastIndexOf("；"), window.lastIndexOf("，"), window.lastIndexOf(" "));
    const length = cut > longestSentence / 2 ? cut + 1 : wholeCharacters(window);
    found.push({ start: from, end: from + length });
    from += length;
  }
  found.push({ start: from, end });
  return found.map((span) => trimmed(body, span)).filter((span) => span.end > span.start);
}

/** Never between the two halves of a surrogate pair. */
const wholeCharacters = (window: string) => (/[\ud800-\udbff]$/.test(window) ? window.length - 1 : window.length);

function trimmed(body: string, span: Span): Span {
  const slice = body.slice(span.start, span.end);
  const start = span.start + (slice.length - slice.trimStart().length);
  return { start, end: Math.max(start, span.end - (slice.length - slice.trimEnd().length)) };
}
