import { expect, test } from "vitest";
import { comparisonOf } from "./comparison.ts";
import type { Event, Fact } from "./event.ts";
import type { Finding } from "./heavy.ts";
import { runView } from "./run-view.ts";
import type { SourceRef } from "./source.ts";

const source = (n: number, hash = `hash ${n}`): SourceRef => ({
  id: `source-${n}`,
  n,
  url: `https://site.example/${n}`,
  title: `Page ${n}`,
  site: "site.example",
  hash,
  status: 200,
  fetchedAt: "2026-11-24T00:00:00.000Z",
});
const found = (lane: number, step: number, of: SourceRef): Fact[] => {
  const place = { lane: `researcher-${lane}`, step, callId: `researcher-${lane}-${step}` };
  return [
    { type: "source-found", ...place, source: of },
    { type: "tool-called", ...place, tool: "visit", arguments: {} },
    {
      type: "tool-returned",
      ...place,
      outcome: { kind: "ok", text: "" },
      details: { kind: "none" },
      provider: null,
      attempts: [],
      cacheHit: false,
      durationMs: 1,
      sourceIds: [of.id],
    },
  ];
};
const ended = (lane: number, answer: string | null): Fact => ({
  type: "lane-ended",
  lane: `researcher-${lane}`,
  end: answer === null ? "failed" : "answered",
  answer,
});
const compared = (...findings: Finding[]): Fact => ({
  type: "step-ended",
  lane: "synthesis",
  step: 1,
  thought: "",
  raw: "",
  move: { kind: "answer", text: "Nine metres." },
  findings,
  usage: null,
  finishReason: "stop",
  firstTextMs: null,
  durationMs: 1,
});
const viewOf = (lanes: number, facts: Fact[]) => {
  const queued: Fact = {
    type: "run-queued",
    question: "How deep?",
    mode: "heavy",
    heavy: { lanes, strategy: "research-synthesis", partialRollouts: false },
    budget: { calls: 20, minutes: 10 },
    whenFull: "answer",
    priority: "interactive",
    attachments: [],
  };
  return runView([queued, ...facts].map((fact, index) => ({ ...fact, seq: index + 1, at: "2026-11-24T00:00:00.000Z" }) as Event));
};
const finding = (sources: number[], lanes: Finding["lanes"] = [], text = "It is nine metres deep."): Finding => ({
  finding: text,
  lanes,
  sources,
});

test("says beside each stance whether the lane read what the finding rests on", () => {
  const facts = [
    ...found(1, 1, source(1)),
    ...found(2, 1, source(2, "hash 1")),
    ...found(3, 1, source(3)),
    ended(1, "A"),
    ended(2, "B"),
    ended(3, "C"),
  ];
  const said = finding(
    [1],
    [
      { lane: 1, stance: "agrees" },
      { lane: 2, stance: "partly", note: "no date" },
      { lane: 3, stance: "differs" },
    ],
  );
  const [row] = comparisonOf(viewOf(4, [...facts, ended(4, null), compared(said)]));
  expect(row?.stances).toEqual([
    { lane: 1, stance: "agrees", note: null, reading: "some", leftNothing: false },
    { lane: 2, stance: "partly", note: "no date", reading: "some", leftNothing: false }, // a copy of its text
    { lane: 3, stance: "differs", note: null, reading: "none", leftNothing: false },
    { lane: 4, stance: "silent", note: null, reading: "unknown", leftNothing: true },
  ]);
});

test("names who read each source, and counts copies of a text once", () => {
  const facts = [...found(1, 1, source(1)), ...found(2, 1, source(1)), ...found(2, 2, source(2, "hash 1")), ...found(3, 1, source(3))];
  const [row] = comparisonOf(viewOf(3, [...facts, compared(finding([3, 2, 1]))]));
  expect(row?.sources.map(({ source: { n }, readBy, sameAs }) => [n, readBy, sameAs?.n ?? null])).toEqual([
    [1, [1, 2], null],
    [2, [2], 1],
    [3, [3], null],
  ]);
  expect(row?.independent).toBe(2);
});

test("numbers in a sentence are its sources, and do not stand in it", () => {
  const facts = [...found(1, 1, source(1)), ...found(1, 2, source(2))];
  const [row] = comparisonOf(viewOf(2, [...facts, compared(finding([], [], "It is nine metres deep [1, 2], since [1911](x) [400]."))]));
  expect(row).toMatchObject({ text: "It is nine metres deep, since [1911](x) [400].", independent: 2, unknownSources: [] });
});

test("numbers that no source has are told apart", () => {
  const [row] = comparisonOf(viewOf(2, [...found(1, 1, source(1)), compared(finding([1, 99]))]));
  expect(row).toMatchObject({ independent: 1, unknownSources: [99] });
});

test("lanes that the run does not have lose their stance, and without sources nothing is said of reading", () => {
  const said = finding(
    [],
    [
      { lane: 2, stance: "agrees" },
      { lane: 7, stance: "agrees" },
    ],
  );
  const [row] = comparisonOf(viewOf(2, [compared(said)]));
  expect(row?.stances.map(({ lane, stance, reading }) => [lane, stance, reading])).toEqual([
    [1, "silent", "unknown"],
    [2, "agrees", "unknown"],
  ]);
});

test("a branch has read what the lane it left had read before, and nothing that came after", () => {
  const branch: Fact = { type: "lane-started", lane: "researcher-2", branch: { lane: "researcher-1", beforeStep: 2 } };
  const facts = [...found(1, 1, source(1)), ...found(1, 2, source(2)), branch, compared(finding([1, 2]))];
  const [row] = comparisonOf(viewOf(2, facts));
  expect(row?.sources.map(({ readBy }) => readBy)).toEqual([[1, 2], [1]]);
});

test("without findings there is nothing to compare", () => {
  expect(comparisonOf(viewOf(2, [compared()]))).toEqual([]);
  expect(comparisonOf(viewOf(2, []))).toEqual([]);
});
