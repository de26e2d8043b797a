import { expect, test } from "vitest";
import { evidenceIndex } from "#lib/reports/evidence-index.ts";
import { evidenceFor } from "./evidence-for.ts";

const source = (n: number, text: string) => ({ id: `s${n}`, n, url: `https://site-${n}.example/`, title: `Page ${n}`, text });
const filler = "The weather was bad all year. People stayed at home and waited. ".repeat(20);
const depth = "The harbour of Velsund was dredged to nine metres in 1911.";
const church = "The church burned in 1920.";
const index = evidenceIndex([source(1, `${filler}${depth} It took four years. ${filler}`), source(2, `${filler}${church} ${filler}`)]);
const citation = {
  n: 2,
  sourceId: "s2",
  claim: "The church is gone.",
  passage: { start: filler.length, end: filler.length + church.length, text: church },
  status: "unchecked" as const,
  origin: "model" as const,
};

test("what carries the question stands in the evidence, with its neighbours, at its place in the stored text", () => {
  const bank = evidenceFor("How deep was the harbour dredged?", index, []);
  const passage = bank.find(({ passage }) => passage.text.includes(depth));
  expect(passage?.source).toMatchObject({ id: "s1", site: "site-1.example" });
  expect(passage?.passage.text).toBe(index.sources[0]?.text.slice(passage?.passage.start, passage?.passage.end));
  expect(bank.map(({ number }) => number)).toEqual(bank.map((_, place) => place + 1));
});

test("no two passages of a source overlap, and none is longer than 700 characters", () => {
  const bank = evidenceFor("What did people do when the weather was bad?", index, [citation]);
  for (const [place, one] of bank.entries()) {
    expect(one.passage.text.length).toBeLessThanOrEqual(700);
    for (const other of bank.slice(place + 1))
      if (other.source.id === one.source.id) expect(other.passage.start).toBeGreaterThanOrEqual(one.passage.end);
  }
});

test("a question in another language is answered from what the report cites", () => {
  expect(evidenceFor("教堂怎么了？", index, [citation]).map(({ passage }) => passage.text)).toEqual([church]);
  expect(evidenceFor("教堂怎么了？", index, [])).toEqual([]);
});

test("a prompt that was too long is built from fewer passages", () => {
  const many = evidenceIndex([...Array(40).keys()].map((n) => source(n + 1, `${depth} ${filler}`)));
  const question = "How deep was the harbour dredged?";
  const sizes = [0, 1, 2].map((shrink) => evidenceFor(question, many, [], shrink).length);
  expect(sizes).toEqual([24, 12, 6]);
});
