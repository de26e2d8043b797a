import fc from "fast-check";
import { expect, test } from "vitest";
import { sentences } from "./sentences.ts";

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

test.each<[string, string[]]>([
  ["One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]],
  ["Dr. J. K. Smith of the U.S. Army paid 3.5 million. He left.", ["Dr. J. K. Smith of the U.S. Army paid 3.5 million.", "He left."]],
  ["He lives in the U.S. The weather is good.", ["He lives in the U.S.", "The weather is good."]],
  ["It cost $5 e.g. in No. 7 of Vol. 2. Done.", ["It cost $5 e.g. in No. 7 of Vol. 2.", "Done."]],
  ['He said "Go." Then he went.', ['He said "Go."', "Then he went."]],
  ["Built in 1889.[4] It is tall.[5][6] End.", ["Built in 1889.[4]", "It is tall.[5][6]", "End."]],
  ["第一句。第二句！“第三句？”他说。", ["第一句。", "第二句！", "“第三句？”", "他说。"]],
  [
    "# Head\nText one.\n- item a\n- item b. More.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ["# Head", "Text one.", "- item a", "- item b.", "More.", "| a | b |", "|---|---|", "| 1 | 2 |"],
  ],
  [
    "This line was wrapped by hand at some width and\ngoes on here. New one.",
    ["This line was wrapped by hand at some width and\ngoes on here.", "New one."],
  ],
  ["Title\nAnother", ["Title", "Another"]],
  ["", []],
  [" \n\n ", []],
])("%j", (text, expected) => {
  expect(split(text)).toEqual(expected);
});

test("spans are in order, do not overlap, and leave out nothing but white space", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "B", ".", " ", "\n", "。", "1", "|", "-", "!", "😀"), maxLength: 200 }), (text) => {
      let last = 0;
      for (const { start, end } of sentences(text)) {
        expect(text.slice(last, start).trim()).toBe("");
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(text.slice(last).trim()).toBe("");
    }),
  );
});

test("cuts what never ends, and not within a character", () => {
  for (const text of ["x".repeat(5_000), "😀".repeat(2_000), "word ".repeat(1_000)]) {
    for (const part of split(text)) expect(part.length <= 800 && part.isWellFormed()).toBe(true);
  }
});
