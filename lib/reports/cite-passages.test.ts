import { expect, test } from "vitest";
import type { EvidenceBank } from "#lib/domain/writer/evidence.ts";
import { citePassages } from "./cite-passages.ts";

const texts = new Map([
  ["a", "Velsund is a town. Its harbour was dredged to nine metres in 1911. It has a church. The church burned in 1920."],
  ["b", "Der Hafen wurde 1911 auf neun Meter vertieft."],
]);
const passage = (number: number, id: string, n: number, text: string) => {
  const start = texts.get(id)?.indexOf(text) ?? -1;
  return { number, source: { id, n, title: "", site: `${id}.example` }, passage: { start, end: start + text.length, text } };
};
const bank: EvidenceBank = [
  passage(1, "a", 4, "Its harbour was dredged to nine metres in 1911."),
  passage(2, "a", 4, "The church burned in 1920."),
  passage(3, "b", 9, "Der Hafen wurde 1911 auf neun Meter vertieft."),
];
const cited = (written: string) => citePassages(written, bank, texts);

test("a mark becomes the passage it names, under the number of its source", () => {
  const { markdown, citations, cited: ids } = cited("The harbour was dredged to nine metres in 1911 [p3]. The church burned in 1920 [p2].");
  expect(markdown).toBe("The harbour was dredged to nine metres in 1911 [1]. The church burned in 1920 [2].");
  expect(ids).toEqual(["b", "a"]);
  expect(citations).toMatchObject([
    { n: 1, sourceId: "b", status: "unchecked", passage: { start: 0, end: 45, text: "Der Hafen wurde 1911 auf neun Meter vertieft." } },
    { n: 2, sourceId: "a", status: "quoted", passage: { text: "The church burned in 1920" } },
  ]);
});

test.each(["[p1, p3]", "[p1][p3]", "【p1】【p3】", "[P1; p3]", "(p1 and p3)", "{p1, p3}"])("%s is two marks", (mark) => {
  const { markdown, citations } = cited(`It is nine metres deep since 1911 ${mark}.`);
  expect(markdown).toBe("It is nine metres deep since 1911 [1][2].");
  expect(citations.map(({ sourceId }) => sourceId)).toEqual(["a", "b"]);
});

test("passages of one source that stand near each other are one citation", () => {
  const { markdown, citations } = cited("Velsund dug a harbour and lost a church in the space of nine years [p1][p2].");
  expect(markdown).toMatch(/years \[1\]\.$/);
  const [{ passage }] = citations as [(typeof citations)[number]];
  expect(texts.get("a")?.slice(passage.start, passage.end)).toBe(passage.text);
  expect(passage.text).toContain("1911");
  expect(passage.text).toContain("1920");
});

test("a mark that names no passage goes and is recorded", () => {
  const { markdown, removedMarks } = cited("The harbour was dredged to nine metres in 1911 [p1][p8].");
  expect(markdown).toBe("The harbour was dredged to nine metres in 1911 [1].");
  expect(removedMarks).toEqual(["[p8]"]);
});

test("a range names all between", () => {
  expect(cited("It is nine metres deep since 1911 [p2-p3].").citations.map(({ sourceId }) => sourceId)).toEqual(["a", "b"]);
});

test("a number without its p is none of ours: it goes and is recorded", () => {
  const { markdown, citations, removedMarks } = cited("The church burned in 1920.[1] It never stood again [3] [p2].");
  expect(markdown).toBe("The church burned in 1920. It never stood again [1].");
  expect(citations.map(({ sourceId }) => sourceId)).toEqual(["a"]);
  expect(removedMarks).toEqual(["[1]", "[3]"]);
});

test("a last section that lists things with their addresses is no list of references", () => {
  const written =
    "Intro [p1].\n\n## Sources\n\n1. [Foo](https://foo.example) was dredged in 1911 [p1].\n2. [Bar](https://bar.example) burned in 1920 [p2].";
  expect(cited(written).markdown).toContain("2. [Bar](https://bar.example) burned in 1920 [1].");
});

test("in code it is no mark", () => {
  expect(cited("Write `[p1]` for it [p2].").markdown).toBe("Write `[p1]` for it [1].");
});
