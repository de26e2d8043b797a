import { searchTokens } from "#lib/std/search-tokens.ts";
import { stopTokens } from "#lib/std/stop-words.ts";

const connectors = new Set("of the de la le les von van der den du del di da dos bin ibn al el for &".split(" "));
const marked = /《([^》]{1,60})》|「([^」]{1,60})」|『([^』]{1,60})』|“([^”]{2,80})”|"([^"\n]{2,80})"|„([^“]{2,80})“|«([^»]{2,80})»/gu;
const transliterated =
  /[\p{sc=Han}--[的了是在有和与及或被把从到对将让给向为问]]{1,8}(?:[·・•][\p{sc=Han}--[的了是在有和与及或被把从到对将让给向为问]]{1,8})+|[\p{sc=Katakana}ー]{3,}(?:・[\p{sc=Katakana}ー]+)*/gv;
const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.&-]*/gu;

/**
 * What a text names: phrases in quotation or title marks, runs of capitalised words (with the small words inside them), transliterated
 * names, Latin words inside Chinese or Japanese. In reading order, each once, without stop words at the edges.
 */
export function namedPhrases(text: string): string[] {
  const found = [
    ...[...text.matchAll(marked)].map((match) => ({ at: match.index, phrase: match.slice(1).find((group) => group !== undefined) ?? "" })),
    ...[...text.matchAll(transliterated)].map((match) => ({ at: match.index, phrase: match[0] })),
    ...capitalisedRuns(text),
  ];
  const phrases = found.sort((one, other) => one.at - other.at).map(({ phrase }) => phrase.replace(/['’]s$|[.'’,-]+$/gu, "").trim());
  const seen = new Set<string>();
  return phrases.filter((phrase) => {
    const key = searchTokens(phrase)
      .filter((token) => !stopTokens.has(token))
      .join(" ");
    return key !== "" && phrase.length >= 2 && !seen.has(key) && seen.add(key);
  });
}

interface Run {
  at: number;
  words: string[];
  /** Words of the run that are connectors at its end so far. */
  loose: number;
}

function capitalisedRuns(text: string): { at: number; phrase: string }[] {
  const runs: { at: number; phrase: string }[] = [];
  let run: Run | null = null;
  let lastEnd = 0;
  const close = () => {
    if (run && run.words.length > run.loose) runs.push({ at: run.at, phrase: run.words.slice(0, run.words.length - run.loose).join(" ") });
    run = null;
  };
  for (const match of text.matchAll(word)) {
    const value = match[0];
    const gap = text.slice(lastEnd, match.index);
    lastEnd = match.index + value.length;
    if (gap !== " " && gap !== "") close();
    const opensSentence = /(?:^|[.!?]["”’)]?\s+|\n\s*)$/u.test(text.slice(Math.max(0, match.index - 4), match.index));
    if (isNameWord(value) && !(stopTokens.has(searchTokens(value)[0] ?? "") && (opensSentence || value.length < 3))) {
      run ??= { at: match.index, words: [], loose: 0 };
      run.words.push(value);
      run.loose = 0;
    } else if (run && connectors.has(value.toLowerCase())) {
      run.words.push(value);
      run.loose++;
    } else close();
    if (/[.’']$/u.test(value) && !/^(?:\p{Lu}\.)+$|^(?:Dr|Mr|Mrs|St|Jr)\.$/u.test(value)) close();
  }
  close();
  return runs;
}

/** A capital letter at its head, a capital behind digits, or any Latin word amid Chinese or Japanese. */
function isNameWord(value: string): boolean {
  if (cjk.test(value)) return false;
  return /^\p{Lu}/u.test(value) || /^\d+\p{Lu}/u.test(value) || /^\p{Ll}\p{Lu}/u.test(value);
}
