/** Scripts of which one language is by far the commonest in reports, in the order they are looked for: Japanese has Han letters too. */
const scripts: readonly [string, RegExp][] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["th", /\p{Script=Thai}/gu],
];

/** Words that hardly any text of the language does without, and that the others lack. */
const words: readonly [string, readonly string[]][] = [
  ["en", ["the", "and", "of", "was", "is", "that", "with"]],
  ["de", ["der", "und", "ist", "nicht", "eine", "wurde", "mit"]],
  ["fr", ["les", "est", "une", "dans", "des", "qui", "pour"]],
  ["es", ["los", "una", "fue", "por", "las", "con", "del"]],
  ["it", ["che", "della", "sono", "gli", "il", "nel", "è"]],
  ["pt", ["uma", "não", "foi", "os", "dos", "são", "em"]],
  ["nl", ["het", "een", "van", "niet", "zijn", "wordt", "voor"]],
];

/** Of the letters, so much has to be in a script for the text to be in its language: quotations and names in another are common. */
const share = 0.15;

/** The language a text is written in, for `lang`: what reads it aloud and breaks its lines goes by it. English where nothing else is plain. */
export function reportLanguage(text: string): string {
  const start = text.slice(0, 20_000);
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  const script = scripts.find(([, letter]) => (start.match(letter)?.length ?? 0) > letters * share);
  if (script) return script[0];
  const found = start.toLowerCase().match(/\p{L}+/gu) ?? [];
  const votes = words.map(([language, own]) => ({ language, votes: found.filter((word) => own.includes(word)).length }));
  return votes.reduce((best, each) => (each.votes > best.votes ? each : best)).language;
}
