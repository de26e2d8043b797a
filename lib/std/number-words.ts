const listed = (words: string, first: number, step = 1) =>
  words.split(" ").map((word, index): [string, number] => [word, first + index * step]);

/** Small numbers as words: cardinals and ordinals of English, cardinals of German, French and Spanish. One is left out: it is a pronoun and an article; so are `once` and `elf`, which mean something else in English. */
export const numberWords: ReadonlyMap<string, number> = new Map([
  ...listed("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 2),
  ...listed("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
  ...listed("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 3),
  ...listed("zwei drei vier fünf sechs sieben acht neun zehn", 2),
  ...listed("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10),
  ...listed("deux trois quatre cinq", 2),
  ...listed("tres cuatro cinco seis siete ocho nueve diez", 3),
]);

/** What a word after a number multiplies it by. `m` and `k` only stand for numbers behind a currency sign, so they are not here. */
export const multipliers: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1e3],
  ["tausend", 1e3],
  ["mille", 1e3],
  ["mil", 1e3],
  ...["million", "millions", "millionen", "mio", "mn", "millones", "millón", "milioni"].map((word): [string, number] => [word, 1e6]),
  ...["billion", "billions", "bn", "milliarde", "milliarden", "mrd", "milliard", "milliards", "miliardi"].map((word): [string, number] => [
    word,
    1e9,
  ]),
  ["trillion", 1e12],
  ["trillions", 1e12],
  ["万", 1e4],
  ["百万", 1e6],
  ["千万", 1e7],
  ["亿", 1e8],
  ["万亿", 1e12],
  ["千", 1e3],
]);
