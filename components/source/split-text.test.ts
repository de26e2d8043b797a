import { expect, test } from "vitest";
import { splitText } from "./split-text.ts";

const text = "# Head\n\nFirst line\nsecond line.\n\n  \nLast, with 😀 in it.";

test("paragraphs, and headings that stand alone", () => {
  expect(splitText(text, null).map((block) => [block.start, block.heading, block.parts.map((part) => part.text).join("")])).toEqual([
    [0, true, "# Head"],
    [8, false, "First line\nsecond line."],
    [36, false, "Last, with 😀 in it."],
  ]);
});

test("the marked characters are the passage's", () => {
  const start = text.indexOf("second");
  const passage = { start, end: text.indexOf(" in it") };
  const marked = splitText(text, passage).flatMap((block) => block.parts.filter((part) => part.marked).map((part) => part.text));
  expect(marked).toEqual(["second line.", "Last, with 😀"]);
});

test("a passage outside of the text marks nothing", () => {
  expect(splitText("abc", { start: 10, end: 12 })).toEqual([{ start: 0, heading: false, parts: [{ text: "abc", marked: false }] }]);
});
