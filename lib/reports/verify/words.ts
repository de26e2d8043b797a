import type { Span } from "#lib/std/span.ts";
import { stem } from "#lib/std/stem.ts";

/** A word, a number or one Chinese or Japanese character of a text. */
export interface Word extends Span {
  text: string;
  /** What words are compared by: one case, one width, without a plural. */
  key: string;
  isCjk: boolean;
}

const pattern =
  /(?<cjk>[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])|[%％$€£¥]|[\-−–]?(?<!\d)\p{Nd}+(?:[.,:]\p{Nd}+)*|(?:[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]])+(?:['’][\p{L}]+)?/gv;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(pattern)].map((match) => {
    const written = match[0].replace(/^[-−–](?=\p{Nd})/u, (sign) =>
      /(?:^|[\s(])$/.test(text.slice(Math.max(0, match.index - 1), match.index)) ? sign : "",
    );
    const start = match.index + match[0].length - written.length;
    const plain = written.normalize("NFKC").toLowerCase().replaceAll("’", "'").replace(/^[−–]/, "-").replace(/'s$/, "");
    return { start, end: start + written.length, text: written, key: stem(plain), isCjk: match.groups?.cjk !== undefined };
  });
}
