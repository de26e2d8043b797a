import fc from "fast-check";
import { expect, test } from "vitest";
import { checkClaim } from "./check-claim.ts";
import { editsOf, seeded } from "./mutations.fixture.ts";

const english = `The European Commission opened its case against Google in November 2010. On 27 June 2017 it fined the company €2.42 billion, which is about 3 % of its revenue.
Margrethe Vestager announced the decision in Brussels. Google did not accept the ruling and appealed within three months. Shares rose by 12 percent before the hearing.
It is not true that the fine was paid in cash. The court may reduce the amount by at most 5,000,000 euros, unless Google withdraws the appeal. He was born in Ulm in 1879.
The controller shall inform the processor within 72 hours of every breach of personal data.`;
const chinese =
  "第六十五条 人民法院应当在收到申请之日起三十日内作出裁定，但是案情复杂的除外。2020年该省人口为3.5亿，比上年增长百分之十二。债务人未按期履行的，债权人可以请求赔偿。并非所有的企业都需要缴纳该项税款。";
const german =
  "Der Umsatz stieg 2021 um 12,5 % auf 1.234.567 Euro. Angela Merkel hat das Gesetz am 3. Mai 2018 nicht unterzeichnet. Die Frist beträgt drei Monate.";

/** The check with the whole text as the passage, as `status (ceiling)`. */
const told = (claim: string, text: string) => {
  const { status, ceiling } = checkClaim({ claim, passage: { start: 0, end: text.length }, text });
  return `${status} (${ceiling})`;
};

test.each([
  ["to the letter", "Margrethe Vestager announced the decision in Brussels.", english],
  ["without its full stop", "Margrethe Vestager announced the decision in Brussels", english],
  [
    "with other spaces, quotes and dashes",
    "“On 27 June 2017 it fined  the company €2.42 billion, which is about 3 % of its revenue.”",
    english,
  ],
  ["in full width", "第六十五条 人民法院应当在收到申请之日起三十日内作出裁定,但是案情复杂的除外.", chinese],
  [
    "behind the month of May",
    "the court heard both sides",
    "On 3 May 2018 the court heard both sides. In May the court heard both sides again.",
  ],
  ["a clause behind a semicolon", "the appeal was heard", "The fine was not paid; the appeal was heard in Luxembourg."],
  ["German", "Die Frist beträgt drei Monate.", german],
  ["a German sentence with its not", "Angela Merkel hat das Gesetz am 3. Mai 2018 nicht unterzeichnet.", german],
])("quoted: %s", (_, claim, text) => {
  expect(told(claim, text)).toBe("quoted (quoted)");
});

test.each([
  ["behind “it is not true that”", "the fine was paid in cash.", english],
  ["behind a “did not”", "accept the ruling", english],
  ["behind a “may”", "reduce the amount", english],
  ["before its exception", "The court may reduce the amount by at most 5,000,000 euros", english],
  ["without the unit of its number", "Shares rose by 12", english],
  ["without the bound of its number", "5,000,000 euros", english],
  [
    "as a question",
    "The tower is the tallest of the country.",
    "Many ask the guide on the way up. The tower is the tallest of the country?",
  ],
  ["behind 并非", "所有的企业都需要缴纳该项税款", chinese],
  ["behind 未", "按期履行的，债权人可以请求赔偿", chinese],
  ["before 但是…除外", "人民法院应当在收到申请之日起三十日内作出裁定", chinese],
])("words cut out of their sentence are no quote: %s", (_, claim, text) => {
  expect(told(claim, text)).toBe("weak (weak)");
});

test.each([
  ["a digit", "On 27 June 2017 it fined the company €2.43 billion, which is about 3 % of its revenue.", english],
  ["a date", "On 27 July 2017 it fined the company €2.42 billion.", english],
  ["a day in other words", "The company was fined on 28 June 2017.", english],
  ["a scale", "The Commission fined Google €2.42 million in 2017.", english],
  ["a currency", "The Commission fined Google $2.42 billion in 2017.", english],
  ["a unit", "Google appealed within three weeks.", english],
  ["a name", "Angela Merkel announced the decision in Brussels.", english],
  ["a name in other words", "The decision was announced in Brussels by Neelie Kroes.", english],
  ["a dropped not", "Google did accept the ruling and appealed within three months.", english],
  ["an added not", "Margrethe Vestager did not announce the decision in Brussels.", english],
  ["a dropped not in other words", "Google accepted the ruling.", english],
  ["a direction", "Shares fell by 12 percent before the hearing.", english],
  ["an order", "Shares rose by 12 percent after the hearing.", english],
  ["a role", "The processor shall inform the controller within 72 hours of every breach of personal data.", english],
  ["a duty made a choice", "The controller may inform the processor within 72 hours of every breach of personal data.", english],
  ["words nobody said", "Vestager said “the largest fine in our whole history”.", english],
  ["a Chinese number", "人民法院应当在收到申请之日起六十日内作出裁定，但是案情复杂的除外。", chinese],
  ["a Chinese article", "第六十六条 人民法院应当在收到申请之日起三十日内作出裁定，但是案情复杂的除外。", chinese],
  ["a Chinese scale", "2020年该省人口为3.5万，比上年增长百分之十二。", chinese],
  ["a Chinese direction", "2020年该省人口为3.5亿，比上年减少百分之十二。", chinese],
  ["a dropped 未", "债务人按期履行的，债权人可以请求赔偿。", chinese],
  ["swapped parties", "债权人未按期履行的，债务人可以请求赔偿。", chinese],
  ["应当 made 可以", "人民法院可以在收到申请之日起三十日内作出裁定，但是案情复杂的除外。", chinese],
  ["a German number", "Der Umsatz stieg 2021 um 12,6 % auf 1.234.567 Euro.", german],
  ["a German direction", "Der Umsatz sank 2021 um 12,5 % auf 1.234.567 Euro.", german],
  ["a dropped nicht", "Angela Merkel hat das Gesetz am 3. Mai 2018 unterzeichnet.", german],
])("no verdict lifts %s to supported", (_, claim, text) => {
  expect(told(claim, text)).toMatch(/^(?:weak|unsupported) \(weak\)$/);
});

test.each([
  ["other words", "Vestager announced the Commission's decision in Brussels", english],
  [
    "a number in other digits",
    "The Commission opened its case against Google in November 2010, and fined it 2,420 million euros.",
    english,
  ],
  ["a number in words", "Google appealed within 3 months.", english],
  ["a name for a pronoun", "Google was born in Ulm in 1879.", english],
  ["a Chinese number in digits", "2020年该省人口为三亿五千万，比上年增长12%。", chinese],
  ["another language", "谷歌在3个月内提起上诉。", english],
])("left to the judge: %s", (_, claim, text) => {
  expect(told(claim, text)).toMatch(/^(?:unchecked|weak) \(supported\)$/);
});

test.each([
  ["Shares rose by 14 percent before the hearing.", "The passage says “12”, the sentence “14”."],
  ["Google did accept the ruling and appealed within three months.", "The passage says “not”, the sentence does not."],
  ["The decision was announced in Brussels by Neelie Kroes.", "The source does not name “Neelie”."],
  ["The company was fined on 28 June 2017.", "The passage says 27 June 2017, the sentence 28 June 2017."],
  ["the fine was paid in cash.", "The words stand in the source, but behind “not”, which the sentence leaves out."],
  ["Bananas grow on tall plants.", "The passage has little of what the sentence says."],
])("says why: %s", (claim, reason) => {
  expect(checkClaim({ claim, passage: { start: 0, end: english.length }, text: english }).reason).toBe(reason);
});

test("a sentence that stands elsewhere in the source is quoted from there", () => {
  const { status, passage } = checkClaim({ claim: "He was born in Ulm in 1879.", passage: { start: 0, end: 60 }, text: english });
  expect([status, passage?.text]).toEqual(["quoted", "He was born in Ulm in 1879."]);
});

test("a number that the source gives elsewhere is not the passage's", () => {
  const passage = { start: 0, end: english.indexOf(" On 27") };
  expect(checkClaim({ claim: "The Commission opened its case within 72 hours.", passage, text: english })).toMatchObject({
    ceiling: "weak",
    reason: "The passage does not give “72 hours”; the source gives it elsewhere.",
  });
});

const anyText = fc
  .array(
    fc.constantFrom(
      "Google",
      "did",
      "not",
      "accept",
      "12",
      "%",
      "3 May",
      "2018",
      "第三条",
      "应当",
      "不",
      ". ",
      "。",
      " ",
      ", ",
      "“",
      "”",
      "\n",
      "*",
      "€",
      "-",
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(""));

test("any sentence against any text: nothing throws, and what is quoted stands there", () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(40), fc.nat(40), (claim, text, one, other) => {
      const [start = 0, end = 0] = [Math.min(one, text.length), Math.min(other, text.length)].toSorted((a, b) => a - b);
      const { status, passage, ceiling } = checkClaim({ claim, passage: { start, end }, text });
      expect(status === "quoted").toBe(ceiling === "quoted");
      if (status === "quoted") expect(text.slice(passage?.start, passage?.end)).toBe(passage?.text);
    }),
    { numRuns: 1_000 },
  );
});

test("no rule-made edit of a sentence passes", () => {
  const random = seeded(3);
  const sentences = english.split(/(?<=\.)\s+/).concat(chinese.split(/(?<=。)/), german.split(/(?<=\.)\s+(?=[A-Z])/));
  const passing = sentences.flatMap((sentence) =>
    editsOf(sentence, random).filter(({ edited }) => {
      const text = sentences.join("\n\n");
      return (
        checkClaim({ claim: edited, passage: { start: text.indexOf(sentence), end: text.indexOf(sentence) + sentence.length }, text })
          .ceiling !== "weak"
      );
    }),
  );
  expect(passing).toEqual([]);
});

test.each([
  ["No.", "There is no doubt that the sale is legal in all states."],
  ["Berlin", "It moved from Berlin to Hamburg; its seat is Hamburg."],
])("a single word stands in many places and is no quote: %s", (claim, text) => {
  expect(told(claim, text)).not.toMatch(/^quoted/);
});
