import { expect, test } from "vitest";
import { addressesIn, oneAddress } from "./addresses-in.ts";

test.each([
  ["See https://a.example/x.", ["https://a.example/x", "https://a.example/x."]],
  ["[T](https://a.example/x), **https://b.example/y**", ["https://a.example/x", "https://b.example/y", "https://b.example/y**"]],
  ["'https://a.example/Murphy's_law'", ["https://a.example/Murphy's_law", "https://a.example/Murphy's_law'"]],
  [
    "https://en.wikipedia.org/wiki/Velsund_(town) and (https://c.example/)",
    ["https://en.wikipedia.org/wiki/Velsund_(town)", "https://c.example"],
  ],
  ["https://a.example/a\\_b\\_c?x=1&y=2", ["https://a.example/a_b_c?x=1&y=2"]],
  ["“https://a.example/q” 维基（https://a.example/新港）。", ["https://a.example/q", "https://a.example/%E6%96%B0%E6%B8%AF"]],
  ["HTTPS://A.Example/Straße#part", ["https://a.example/Stra%C3%9Fe"]],
  ["https://evil.example/?d=a,b,c;d!e", ["https://evil.example/?d=a,b,c;d!e"]],
  ["nothing here: http:// ftp://a.example mailto:a@b.c", []],
])("%s", (text, addresses) => {
  expect(addressesIn(text)).toEqual(addresses);
});

test.each([
  ["a.example/x/", "https://a.example/x"],
  ["http://a.example", "http://a.example"],
  ["ftp://a.example/", null],
  ["", null],
  ["not an address", null],
])("%s is written %s", (text, written) => {
  expect(oneAddress(text)).toBe(written);
});
