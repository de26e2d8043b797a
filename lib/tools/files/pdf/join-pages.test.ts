import { expect, test } from "vitest";
import { joinPages } from "./join-pages.ts";

test.each([
  ["a sentence that ended", ["One.", "and two."], "[page 1]\n\nOne.\n\n[page 2]\n\nand two."],
  ["a sentence that goes on", ["One goes", "on here. Two."], "[page 1]\n\nOne goes on here.\n\n[page 2]\n\nTwo."],
  [
    "a sentence that fills a page",
    ["One goes", "on without an", "end. Two."],
    "[page 1]\n\nOne goes\n\n[page 2]\n\non without an end.\n\n[page 3]\n\nTwo.",
  ],
  ["a new start in capitals", ["A heading", "Another begins."], "[page 1]\n\nA heading\n\n[page 2]\n\nAnother begins."],
  ["Chinese", ["这是一句", "话。第二句。"], "[page 1]\n\n这是一句话。\n\n[page 2]\n\n第二句。"],
  ["an empty page", ["One", "", "two."], "[page 1]\n\nOne\n\n[page 2]\n\n[page 3]\n\ntwo."],
])("%s", (_, pages, text) => {
  expect(joinPages(pages)).toBe(text);
});
