import { expect, test } from "vitest";
import type { EvidenceBank } from "#lib/domain/writer/evidence.ts";
import { resolveAnswer } from "./resolve-answer.ts";

const depth = "The harbour of Velsund was dredged to nine metres in 1911.";
const cost = "The work cost 40,000 crowns.";
const passage = (number: number, id: string, start: number, text: string) => ({
  number,
  source: { id, n: number, title: "A page", site: "site.example" },
  passage: { start, end: start + text.length, text },
});
const bank: EvidenceBank = [passage(1, "a", 100, depth), passage(2, "b", 50, `It is known that. ${cost}`), passage(3, "a", 900, depth)];
const numberOf = (id: string) => (id === "a" ? 4 : 2);

test("marks name passages, citations name sources under the numbers of the conversation, at their place in the stored text", () => {
  const answer = resolveAnswer(`${depth.slice(0, -1)} [1]. It cost 40,000 crowns [2].`, bank, numberOf);
  expect(answer.markdown).toBe(`${depth.slice(0, -1)} [4]. It cost 40,000 crowns [2].`);
  expect(answer.citations).toMatchObject([
    { n: 4, sourceId: "a", status: "quoted", passage: { start: 100, text: depth.slice(0, -1) } },
    { n: 2, sourceId: "b", status: "unchecked", passage: { start: 68, text: cost } },
  ]);
});

test("a mark that names no passage, or one that does not carry the sentence, is taken out and told", () => {
  const answer = resolveAnswer(
    "The mayor opposed it in the newspapers [1]. The harbour was dredged to nine metres [1][9].",
    bank,
    numberOf,
  );
  expect(answer.markdown).toBe("The mayor opposed it in the newspapers. The harbour was dredged to nine metres [4].");
  expect(answer.removedMarks).toEqual(["[1]", "[9]"]);
});

test("two passages of one source at one place are one mark", () => {
  expect(resolveAnswer(`${depth} [1][3]`, bank, numberOf).markdown).toBe(`${depth} [4]`);
});

test("an answer that says that nothing is known cites nothing", () => {
  expect(resolveAnswer("The stored passages do not say who paid.", bank, numberOf)).toMatchObject({ citations: [], removedMarks: [] });
});
