import { expect, test } from "vitest";
import { bestPassage } from "./best-passage.ts";

const weights = new Map([
  ["zebra", 3],
  ["stripe", 2],
  ["the", 0.1],
]);
const passage = (text: string, maxLength = 60) => {
  const { start, end } = bestPassage(text, { weights, maxLength });
  return text.slice(start, end);
};

test("takes the sentences that have most of the query", () => {
  expect(passage("Intro sentence here. A zebra has stripes. The end of it all, far away.")).toMatch(/^A zebra has stripes\./);
});

test("finds it deep in a long text", () => {
  expect(passage(`${"Filler words come again. ".repeat(2_000)}A zebra has stripes. ${"More of it. ".repeat(500)}`)).toMatch(
    /^A zebra has stripes\./,
  );
});

test("gives the beginning where nothing matches, and never more than asked", () => {
  expect(passage("Nothing of it here. Nor there.", 20)).toBe("Nothing of it here.");
  expect(passage("x".repeat(500), 50)).toHaveLength(50);
  expect(passage("", 50)).toBe("");
});
