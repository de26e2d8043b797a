import fc from "fast-check";
import { expect, test } from "vitest";
import { planQueries } from "./plan-queries.ts";

const question = "When was the bridge over the Orlan river in Velsund opened?";
const lanes = (asked: string, count: number) => Array.from({ length: count }, (_, index) => planQueries(asked, index + 1));
const firstOf = (plans: string[][]) => plans.map(([first]) => first);

test("the first lane asks what a single one asks: the whole question and its names", () => {
  expect(planQueries(question, 1)).toEqual(planQueries(question));
  expect(planQueries(question)).toEqual([question, "Orlan", "Velsund"]);
});

test("each further lane begins with parts of the question of its own, and asks the whole of it too", () => {
  const plans = lanes(question, 8);
  expect(new Set(firstOf(plans)).size).toBe(8);
  for (const plan of plans) expect(plan).toContain(question);
  expect(plans[1]?.[0]).toBe("Orlan bridge river opened");
});

test("a possessive that is left of a name is no word", () => {
  expect(lanes("Where did Hello Love's performer die?", 8).flat()).not.toContainEqual(expect.stringMatching(/(?:^| )'s/));
});

test("Chinese questions are taken apart too", () => {
  const plans = lanes("《红楼梦》的作者在哪个城市出生？", 3);
  expect(plans[0]).toContain("红楼梦");
  expect(new Set(firstOf(plans)).size).toBe(3);
  const inOneRun = lanes("2020年中国经济增长了多少？", 4);
  expect(new Set(firstOf(inOneRun)).size).toBe(4);
  for (const plan of inOneRun) for (const query of plan) expect(query, "a number stays whole").toMatch(/^2020|^[^0-9]+$/);
});

test("of a question without parts every lane asks the same", () => {
  expect(lanes("?", 4)).toEqual([[], [], [], []]);
  expect(new Set(firstOf(lanes("Velsund", 4)))).toEqual(new Set(["Velsund"]));
});

test("whatever is asked: at most five queries, none of them empty or twice", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.lorem(), fc.string({ unit: "binary" })), fc.integer({ min: 1, max: 16 }), (asked, sample) => {
      const queries = planQueries(asked, sample);
      expect(queries.length).toBeLessThanOrEqual(5);
      expect(new Set(queries).size).toBe(queries.length);
      for (const query of queries) expect(query.trim()).not.toBe("");
    }),
  );
});
