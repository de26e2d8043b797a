import { expect, test } from "vitest";
import { withoutRunningLines } from "./without-running-lines.ts";

test("what stands at the edge of page after page is kept once", () => {
  const page = (number: number) =>
    `Annual Report ${number}\nWords of page ${number}, which differ: ${"x".repeat(number)}\nmore\nand the end of it ${"y".repeat(number)}\n${number}`;
  const pages = withoutRunningLines([1, 2, 3, 4].map(page));
  expect(pages[0]).toBe(page(1));
  expect(pages[3]).toBe("Words of page 4, which differ: xxxx\nmore\nand the end of it yyyy");
});

test("two pages alike are no running lines", () => {
  expect(withoutRunningLines(["a\nb", "a\nb"])).toEqual(["a\nb", "a\nb"]);
});

test("rows of numbers at the edges of pages are no running lines", () => {
  const pages = ["1 204 17\nwords\n40 90 11", "41 310 44\nwords\n80 61 80", "81 118 29\nwords\n120 13 97"];
  expect(withoutRunningLines(pages)).toEqual(pages);
});

test.each(["Page # of 80", "Annual Report 2024 #", "#", "- # -"])("%s is a page number", (line) => {
  const pages = [7, 8, 9].map((number) => `${"words ".repeat(number)}\n${"more ".repeat(number)}\n${line.replace("#", String(number))}`);
  expect(withoutRunningLines(pages).map((page) => page.split("\n").length)).toEqual([3, 2, 2]);
});
