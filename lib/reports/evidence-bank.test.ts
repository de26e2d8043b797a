import { expect, test } from "vitest";
import { evidenceBank } from "./evidence-bank.ts";

const harbour = "The harbour at Velsund was dredged to nine metres in 1911.";
const filler = Array.from({ length: 60 }, (_, index) => `Sentence number ${index} of this page is about the weather of a week.`).join(" ");
const sources = [
  { id: "a", n: 1, url: "https://a.example/x", title: "Velsund", text: `${filler} ${harbour} It cost the town a fortune. ${filler}` },
  { id: "b", n: 2, url: "https://b.example/y", title: "Dredging", text: `Dredgers dig. ${filler}` },
  { id: "c", n: 3, url: "https://c.example/z", title: "Empty", text: "   " },
];
const leads = { question: "How deep is Velsund harbour?", finding: "", extracts: new Map() };

test("every passage is an exact span of its source, numbered in reading order, and none overlaps", () => {
  const bank = evidenceBank(sources, {
    ...leads,
    finding: "It was dredged to nine metres in 1911.",
    extracts: new Map([["b", ["Dredgers dig."]]]),
  });
  expect(bank.map(({ number }) => number)).toEqual(bank.map((_, index) => index + 1));
  for (const { source, passage } of bank) {
    const { text } = sources.find(({ id }) => id === source.id) ?? { text: "" };
    expect(text.slice(passage.start, passage.end)).toBe(passage.text);
    expect(passage.text.length).toBeLessThanOrEqual(800);
  }
  const inOrder = bank.map(({ source, passage }) => source.n * 1e6 + passage.start);
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => one - other));
  for (const [index, { source, passage }] of bank.entries()) {
    const before = bank[index - 1];
    if (before?.source.id === source.id) expect(passage.start).toBeGreaterThanOrEqual(before.passage.end);
  }
});

test("what the question and the answer need is in it", () => {
  expect(evidenceBank(sources, leads).some(({ passage }) => passage.text.includes(harbour))).toBe(true);
  const cited = { start: 0, end: 13 };
  const bank = evidenceBank(sources, { ...leads, cited: new Map([["b", [cited]]]) }, { passages: 1, tokens: 1_000 });
  expect(bank).toMatchObject([
    { number: 1, source: { id: "b", n: 2, site: "b.example" }, passage: { text: expect.stringContaining("Dredgers dig.") } },
  ]);
});

test("it keeps to its size, each source its best before any its second", () => {
  const extracts = new Map(["a", "b"].map((id) => [id, filler.split(/(?<=\.) /).filter((_, index) => index % 10 === 0)]));
  const bank = evidenceBank(sources, { ...leads, extracts }, { passages: 4, tokens: 100_000 });
  expect(bank).toHaveLength(4);
  expect(new Set(bank.map(({ source }) => source.id))).toEqual(new Set(["a", "b"]));
});

test("without sources there is nothing", () => {
  expect(evidenceBank([], leads)).toEqual([]);
});
