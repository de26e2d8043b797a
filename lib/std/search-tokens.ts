import { stem } from "./stem.ts";

/** Postgres refuses lexemes over 2 KB; nothing that people search for is longer than this. */
const longestToken = 64;

// Scripts written without spaces between words, and Korean, whose particles stick to the word: overlapping pairs of characters find
// every word of two characters and more without a dictionary.
const unspaced = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]`;
const tokenPattern = new RegExp(
  String.raw`(?<pairs>${unspaced}+)|(?<number>\p{Nd}+(?:[.,]\p{Nd}+)*)|(?<word>[[\p{L}\p{M}\p{N}]--${unspaced}]+)`,
  "gv",
);
// Combining accents of Latin, Greek and Cyrillic, and the vowel signs and stretching of Arabic and Hebrew.
const marks = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const acronym = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu;

/**
 * The tokens of a text for searching, in reading order and with repeats. The same function serves documents, queries and
 * sessions, so both sides always agree. Works without a language: words are stemmed lightly, Chinese, Japanese, Korean and Thai
 * become overlapping pairs, accents and Arabic vowel signs are dropped, 1,234 is 1234 and U.S. is us.
 */
export function searchTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const match of fold(text).matchAll(tokenPattern)) {
    const { pairs, number, word } = match.groups as Record<"pairs" | "number" | "word", string | undefined>;
    if (pairs !== undefined) addPairs(tokens, pairs);
    else if (number !== undefined) tokens.push(number.replaceAll(",", "").slice(0, longestToken));
    else if (word !== undefined && !isPossessive(match, word)) tokens.push(stem(word.slice(0, longestToken)));
  }
  return tokens;
}

const fold = (text: string) =>
  text
    .normalize("NFKD")
    .replace(marks, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(acronym, (letters) => `${letters.replaceAll(".", "")} `);

function addPairs(tokens: string[], run: string): void {
  const characters = [...run];
  if (characters.length === 1) tokens.push(run);
  for (let index = 0; index + 1 < characters.length; index++) tokens.push(`${characters[index]}${characters[index + 1]}`);
}

const isPossessive = (match: RegExpExecArray, word: string) => word === "s" && /['’]/.test(match.input[match.index - 1] ?? "");
