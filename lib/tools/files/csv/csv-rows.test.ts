import { expect, test } from "vitest";
import { csvRows } from "./csv-rows.ts";
import { sniffDelimiter } from "./sniff-delimiter.ts";

test.each([
  [
    "a,b\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2\r\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["a\rb", [["a"], ["b"]]],
  [
    "a,,\n,,",
    [
      ["a", "", ""],
      ["", "", ""],
    ],
  ],
  ['"a,b","c""d","e\nf"', [["a,b", 'c"d', "e\nf"]]],
  ['"a"b,c"d"', [["ab", 'c"d"']]],
  ['a,"b\nc', [["a", "b\nc"]]],
  ["", []],
])("%j", (text, rows) => {
  expect([...csvRows(text, ",")]).toEqual(rows);
});

test.each([
  [",", "a,b,c\n1,2,3\n"],
  [";", "name;price\nx;1,5\ny;2,5\n"],
  ["\t", "a\tb\n1, 2\t3\n"],
  ["|", "a|b\n1|2\n"],
  [",", "one column\nof words\n"],
  [",", '"a;b;c",1\n"d;e;f",2\n'],
])("%j divides the cells", (delimiter, text) => {
  expect(sniffDelimiter(text)).toBe(delimiter);
});
