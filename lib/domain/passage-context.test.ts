import { expect, test } from "vitest";
import { passageContext } from "./passage-context.ts";

const words = (n: number) => Array.from({ length: n }, (_, index) => `word${index}`).join(" ");

test("what is short stays whole", () => {
  const text = "It is a town.\n\nThe harbour is deep. It freezes.";
  expect(passageContext(text, { start: 15, end: 35 })).toEqual({ before: "It is a town. ", after: " It freezes." });
});

test("what is long is cut between words, and says so", () => {
  const text = `${words(60)} PASSAGE ${words(60)}`;
  const start = text.indexOf("PASSAGE");
  const { before, after } = passageContext(text, { start, end: start + 7 });
  expect(before).toMatch(/^… word\d+ .* word59 $/);
  expect(after).toMatch(/^ word0 .* word\d+ …$/);
  expect(text).toContain(before.slice(1));
  expect(text).toContain(after.slice(0, -2));
  expect(before.length + after.length).toBeLessThan(290);
});

test("a character of two halves is not left as half", () => {
  const text = `${"😀".repeat(100)}x`;
  expect(passageContext(text, { start: 200, end: 201 }).before.isWellFormed()).toBe(true);
});
