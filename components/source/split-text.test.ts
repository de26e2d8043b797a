import { expect, test } from "vitest";
import { splitText } from "./split-text.ts";

const text = "# Velsund\n\nOne is here. Two is there.\nStill two.\n\nThree.";
const shown = (...spans: [number, number][]) =>
  splitText(
    text,
    spans.map(([start, end]) => ({ start, end })),
  ).map(({ parts }) => parts.map((part) => (part.place === null ? part.text : `[${part.place}:${part.text}]`)).join(""));

test("paragraphs, with headings told apart", () => {
  expect(splitText(text, []).map(({ heading }) => heading)).toEqual([true, false, false]);
  expect(shown()).toEqual(["# Velsund", "One is here. Two is there.\nStill two.", "Three."]);
});

test("a place is marked, also where it goes on in the next paragraph", () => {
  const start = text.indexOf("Two");
  expect(shown([start, text.length - 3])).toEqual(["# Velsund", "One is here. [0:Two is there.\nStill two.]", "[0:Thr]ee."]);
});

test("several places in one paragraph", () => {
  const two = text.indexOf("Two");
  expect(shown([11, 14], [two, two + 3])).toEqual(["# Velsund", "[0:One] is here. [1:Two] is there.\nStill two.", "Three."]);
});

test("every character is kept", () => {
  const all = splitText(text, [{ start: 3, end: 30 }])
    .map(({ parts }) => parts.map((part) => part.text).join(""))
    .join("\n\n");
  expect(all).toBe(text);
});

test("a character of two halves stays whole, and a place outside of the text marks nothing", () => {
  const smile = "Last, with 😀 in it.";
  expect(splitText(smile, [{ start: 0, end: smile.indexOf(" in it") }])[0]?.parts[0]).toEqual({ text: "Last, with 😀", place: 0 });
  expect(splitText("abc", [{ start: 10, end: 12 }])).toEqual([{ start: 0, heading: false, parts: [{ text: "abc", place: null }] }]);
});
