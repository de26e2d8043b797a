import { expect, test } from "vitest";
import { questionTitle } from "./question-title.ts";

test.each([
  ["  Who built it?\nMore words", "Who built it?"],
  [`Did the anchoring ban ${"really ".repeat(20)}work`, "Did the anchoring ban really really really really really really really really…"],
  ["问".repeat(100), `${"问".repeat(80)}…`],
])("%j", (question, title) => {
  expect(questionTitle(question)).toBe(title);
});
