const vowel = /[aeiouy]/;

/**
 * A light English stem: plural, possessive and the endings -ed and -ing go, nothing else. Only plain a–z words of four letters
 * and more change. Stems are compared with stems, so a wrong one costs nothing as long as it is always the same.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  return withoutSuffix(withoutPlural(word));
}

function withoutPlural(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function withoutSuffix(word: string): string {
  const ending = /(?:ing|ed)$/.exec(word)?.[0];
  if (!ending) return withoutFinalE(word);
  const base = word.slice(0, -ending.length);
  if (base.length < 3 || !vowel.test(base) || base.endsWith("e")) return word;
  if (/([bdfgmnprt])\1$/.test(base)) return base.slice(0, -1);
  if (base.endsWith("i")) return `${base.slice(0, -1)}y`;
  return base;
}

/** `direct`, `directed`, `produce`, `produced`: the stem of -ed and -ing has lost its e, so the bare word must lose it too. */
const withoutFinalE = (word: string) => (word.length > 4 && word.endsWith("e") && !word.endsWith("ee") ? word.slice(0, -1) : word);
