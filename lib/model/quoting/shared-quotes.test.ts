import { expect, test } from "vitest";
import type { LaneQuote, SynthesisPrompt } from "./read-synthesis.ts";
import { sharedQuotes } from "./shared-quotes.ts";

const said = (lane: number, n: number, text: string): LaneQuote => ({ lane, n, quote: `“${text}”`, text });
const prompt = (question: string, quotes: LaneQuote[], originals: Record<number, number> = {}): SynthesisPrompt => ({
  question,
  lanes: [1, 2, 3],
  quotes,
  sources: new Map(quotes.map(({ n }) => [n, { title: `Title ${n}`, url: `https://s.test/${n}`, original: originals[n] ?? n }])),
  failures: [],
});
const depth = "The harbour of Velsund is nine metres deep.";
const church = "The town has a church from the year 1634.";
const question = "How deep is the harbour of Velsund?";

test("the same words are one sentence, with the lanes and the sources of all who quote it", () => {
  const [first, ...rest] = sharedQuotes(
    prompt(question, [said(1, 4, church), said(1, 2, depth), said(3, 5, depth), said(3, 2, depth)]),
    0.15,
  );
  expect(first).toMatchObject({ text: depth, lanes: [1, 3], sources: [2, 5], independent: 2 });
  expect(rest.map(({ text, lanes }) => [text, lanes])).toEqual([[church, [1]]]);
});

test("copies of one text are one witness", () => {
  const [first] = sharedQuotes(prompt(question, [said(1, 2, depth), said(2, 5, depth)], { 5: 2 }), 0.15);
  expect(first).toMatchObject({ sources: [2, 5], independent: 1 });
});

test("one that every lane quotes counts more, but never one that says nothing of the question", () => {
  const other = "Of the harbour of Velsund it is told how deep it is.";
  const quotes = [
    said(1, 1, other),
    said(1, 2, depth),
    said(2, 2, depth),
    said(3, 2, depth),
    ...[1, 2, 3].map((lane) => said(lane, 3, church)),
  ];
  const scores = (agreement: number) => new Map(sharedQuotes(prompt(question, quotes), agreement).map(({ text, score }) => [text, score]));
  const [without, withIt] = [scores(0), scores(0.15)];
  expect(withIt.get(depth)).toBeCloseTo((without.get(depth) ?? 0) * 1.15);
  expect(withIt.get(other)).toBe(without.get(other));
  expect(withIt.get(church)).toBe(0);
});

test("Chinese sentences are ranked as well", () => {
  const [first] = sharedQuotes(
    prompt("港口有多深？", [said(1, 1, "这座城市有一座教堂，建于1634年。"), said(2, 2, "维尔松的港口深九米，1911年疏浚。")]),
    0.15,
  );
  expect(first).toMatchObject({ lanes: [2], sources: [2] });
});
