import { expect, test } from "vitest";
import { startWords, synthesisSentence } from "./synthesis-words.ts";

test.each([
  [4, 40, "Begins when all lanes have ended, or at 34:00 with at least 3 of 4, or at 38:00 in any case."],
  [16, 150, "Begins when all lanes have ended, or at 127:30 with at least 9 of 16, or at 142:30 in any case."],
  [2, 10, "Begins when both lanes have ended, or at 9:30 in any case."],
])("%d lanes in %d minutes", (lanes, minutes, words) => {
  expect(startWords(lanes, minutes)).toBe(words);
});

test("without a language model nobody was told to weigh anything", () => {
  const words = (quotes: boolean) => synthesisSentence({ kind: "done" }, "research-synthesis", { quotes });
  expect(words(true)).toBe("Brings together what the lanes quote, without a language model.");
  expect(words(false)).toContain("Told to weigh");
});
