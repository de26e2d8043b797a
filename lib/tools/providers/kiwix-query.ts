import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

const mostWords = 24;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/**
 * The ways to ask Kiwix a question, the strictest first: every word, every word that is not grammar, any of these. Its search wants all
 * words of a query in an article, corrects nothing, and takes capitals, quotes and signs for operators; so only words are sent.
 */
export function kiwixQueries(question: string): string[] {
  const words = wordsOf(question);
  const subject = subjectOf(words);
  const any = [...new Set(subject.flatMap(pairs))];
  return [...new Set([words.join(" "), subject.join(" "), any.join(" OR ")])].filter(Boolean);
}

/** What a question is about, as a title may begin. */
export const kiwixSubject = (question: string) => subjectOf(wordsOf(question)).join(" ");

function wordsOf(question: string): string[] {
  const asked = question.replace(/(^|\s)-?(site|filetype|intitle|inurl|before|after):\S+/gi, " ").toLowerCase();
  return (asked.match(/[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’.&+#_-]*[\p{L}\p{M}\p{N}+#])?/gu) ?? []).slice(0, mostWords);
}

function subjectOf(words: string[]): string[] {
  const subject = words.filter((word) => !searchTokens(word).every((token) => stopTokens.has(token)));
  return subject.length > 0 ? subject : words;
}

/** A run of Chinese or Japanese is a sentence and not a word: any two characters of it may be one. */
function pairs(word: string): string[] {
  const characters = [...word];
  if (!unspaced.test(word) || characters.length < 3) return [word];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
