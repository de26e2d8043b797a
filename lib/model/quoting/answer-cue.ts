const year = /\b[12]\d{3}\b|\d年|\p{Nd}世纪/u;
const month = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|月/u;
const number =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion)\b|[一二三四五六七八九十百千万亿两]/iu;
const person = /\p{Lu}[\p{L}.'’-]+\s+\p{Lu}[\p{L}.'’-]+|[\p{sc=Han}]·[\p{sc=Han}]/u;
const place = /\b(?:in|at|near|from|of|to)\s+(?:the\s+)?\p{Lu}|[省市县区国州城岛]/u;
const reason = /\b(?:because|due to|since|so that|in order to|caused|result)\b|因为|由于|导致|为了|所以/iu;

const cues: { asks: RegExp; answers: (text: string) => boolean }[] = [
  {
    asks: /\b(?:when|what year|which year|what date|what day|how old|what century|since when)\b|何时|什么时候|哪一?年|哪一?天|几年|几月|时间/iu,
    answers: (text) => year.test(text) || month.test(text),
  },
  {
    asks: /\bhow (?:many|much|long|far|tall|high|often|large|big)\b|what (?:percentage|number|amount)|多少|几[个名位次人年天岁]|多大|多长|多远|百分/iu,
    answers: (text) => number.test(text),
  },
  { asks: /\b(?:who|whom|whose)\b|谁|哪位|何人/iu, answers: (text) => person.test(text) },
  {
    asks: /\b(?:where|which (?:country|city|state|town|place)|what (?:country|city|state|town|place))\b|哪里|哪儿|何处|在哪|哪个(?:国家|城市|省)/iu,
    answers: (text) => place.test(text),
  },
  { asks: /\bwhy\b|为什么|为何|原因/iu, answers: (text) => reason.test(text) },
];

/** What kind of thing the question asks for, as a test of whether a sentence has one. A question of no known kind is never satisfied. */
export function answerCue(question: string): (text: string) => boolean {
  const asked = cues.filter((cue) => cue.asks.test(question));
  return (text) => asked.some((cue) => cue.answers(text));
}
