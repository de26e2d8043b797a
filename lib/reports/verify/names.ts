import type { Span } from "#lib/std/span.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

/** A word of a proper name. */
export interface NameWord extends Span {
  text: string;
}

const letter = String.raw`[\p{L}--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]`;
const capitalised = new RegExp(
  String.raw`(?<!(?:${letter}|\p{N}))(?:\p{Lu}(?:${letter}|[\p{M}\p{N}])*(?:[\-’'](?:${letter}|\p{N})+)*|${letter}+-?\d(?:${letter}|\p{N})*)(?!${letter})`,
  "gv",
);
const calendar =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|i|ii|iii|iv|v|vi|mr|mrs|ms|dr|prof|sir|st|article|section|chapter|figure|table)$/i;
const germanWords = /(?<!\p{L})(?:der|die|das|und|ist|wird|wurde|mit|für|eine?[mnrs]?)(?!\p{L})/giu;
const startsSentence = /(?:^|[.!?:;。！？：；]["'”’)\]]*\s+|["“„«(‘]\s*|\n\s*|^[-*•]\s+)$/u;

/**
 * The words of the names in a text with letters of two cases: what is written large where no sentence begins. At the head of a sentence a word counts
 * only when `elsewhere`, the source, writes it large in mid-sentence. German writes every noun large, so there only names of two words and acronyms count.
 */
export function nameWordsIn(text: string, elsewhere = ""): NameWord[] {
  const german = (text.match(germanWords)?.length ?? 0) * 12 > text.split(/\s+/).length;
  const found = [...text.matchAll(capitalised)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return found.filter((word, index) => {
    const plain = word.text.toLowerCase().replace(/['’]s$/, "");
    if (calendar.test(plain) || stopTokens.has(plain) || plain.length < 2) return false;
    const isAcronym = /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(word.text) || /\d/.test(word.text);
    if (isAcronym) return true;
    if (german)
      return [found[index - 1], found[index + 1]].some(
        (other) => other && /^\s$/.test(text.slice(Math.min(word.end, other.end), Math.max(word.start, other.start))),
      );
    if (!startsSentence.test(before(text, word.start))) return true;
    const next = found[index + 1];
    const followed = next !== undefined && /^\s$/.test(text.slice(word.end, next.start));
    return followed || isLargeInside(plain, elsewhere);
  });
}

const reach = 12;
/** The last characters before a place, with the beginning of the text only where it is one. */
const before = (text: string, at: number) => (at > reach ? `x${text.slice(at - reach, at)}` : text.slice(0, at));

const isLargeInside = (plain: string, text: string) =>
  new RegExp(String.raw`[\p{Ll},]\s${plain[0]?.toUpperCase()}${escaped(plain.slice(1))}(?!\p{L})`, "u").test(text);
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const sameWord: Record<string, RegExp> = {
  us: /(?<!\p{L})(?:u\.?s\.?a?\.?|united states|americas?|americans?)(?!\p{L})/iu,
  usa: /(?<!\p{L})(?:u\.?s\.?a?\.?|united states|americas?|americans?)(?!\p{L})/iu,
  american: /(?<!\p{L})(?:u\.?s\.?a?\.?|united states|americas?|americans?)(?!\p{L})/iu,
  uk: /(?<!\p{L})(?:u\.?k\.?|united kingdom|britain|british)(?!\p{L})/iu,
  british: /(?<!\p{L})(?:u\.?k\.?|united kingdom|britain|british)(?!\p{L})/iu,
  eu: /(?<!\p{L})(?:e\.?u\.?|european union)(?!\p{L})/iu,
};

/** Whether a text has the name: the word itself, its possessive, one of its family (France, French has Franc), its initials, or the words it is the initials of. */
export function hasName({ text: name }: NameWord, text: string): boolean {
  const plain = name.replace(/['’]s$/, "");
  const parts = plain.split("-");
  if (parts.length > 1)
    return text.includes(plain) || parts.every((part) => part.length < 4 || hasName({ text: part, start: 0, end: 0 }, text));
  const known = sameWord[plain.toLowerCase().replaceAll(".", "")];
  if (known?.test(text)) return true;
  const root = plain.length > 6 ? plain.slice(0, Math.max(5, plain.length - 3)) : plain.length === 6 ? plain.slice(0, 5) : plain;
  const ending = plain.length >= 6 ? String.raw`\p{L}{0,4}` : "";
  if (new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(root)}${ending}(?![\p{L}\p{N}])`, "iu").test(text)) return true;
  if (!/^\p{Lu}{2,6}$/u.test(plain)) return false;
  const initials = [...plain]
    .map((letter) => String.raw`${letter}\p{L}+`)
    .join(String.raw`[\s-]+(?:(?:of|and|for|the|in|on|de|der|des)\s+){0,2}`);
  return new RegExp(String.raw`(?<!\p{L})${initials}`, "u").test(text);
}

/** What Chinese does mark of a name: the dot of a foreign one with the characters beside it, and titles between 《 and 》. */
export const cjkNamesIn = (text: string): string[] =>
  [...text.matchAll(/\p{sc=Han}[·•‧]\p{sc=Han}|(?<=《)[^《》]{2,60}(?=》)/gu)].map(([found]) => found);
