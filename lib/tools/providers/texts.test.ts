import fc from "fast-check";
import { expect, test } from "vitest";
import { feedRecords } from "./feed-records.ts";
import { jatsText } from "./jats-text.ts";
import { textOfIndex } from "./text-of-index.ts";
import { toHit } from "./to-hit.ts";

test.each([
  ["<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."],
  [
    "<jats:sec><jats:title>Methods</jats:title><jats:p>CO<jats:sub>2</jats:sub> &amp; <jats:italic>Zostera</jats:italic></jats:p></jats:sec>",
    "CO2 & Zostera",
  ],
  ["Plain text, 3 &lt; 4", "Plain text, 3 < 4"],
  ["<p>HTML as some send it</p>", "HTML as some send it"],
  ["", ""],
])("jats: %s", (abstract, text) => {
  expect(jatsText(abstract)).toBe(text);
});

test.each([
  [{ cats: [1, 3], Two: [0], and: [2] }, "Two cats and cats"],
  [{ gap: [5], first: [0] }, "first gap"],
  [{ far: [1e9], negative: [-1], half: [0.5], here: [0] }, "here"],
  [{}, ""],
])("index: %j", (index, text) => {
  expect(textOfIndex(index)).toBe(text);
});

test("a feed's entries, in order, with their links, whole or not", () => {
  const xml =
    '<feed><title>F</title><entry><title>A &amp;\n b</title><author><name>N</name></author><link href="x" rel="r"/></entry><entry><title>cut';
  const [first, ...rest] = feedRecords(xml, "entry");
  expect(rest.map((record) => record.text("title"))).toEqual(["cut"]);
  expect([first?.text("title"), first?.texts("author/name"), first?.text("none"), first?.links]).toEqual([
    "A & b",
    ["N"],
    "",
    [{ href: "x", rel: "r" }],
  ]);
});

test("nothing that is no feed throws, however deep it is", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<", ">", "/", "entry", "link", " ", "a", "&", '"') }),
      (xml) => void feedRecords(xml, "entry"),
    ),
  );
  expect(feedRecords(`<entry>${"<a>".repeat(50_000)}`, "entry")).toHaveLength(1);
});

test("a hit has an address of the web, plain text and a short snippet, or is none", () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string({ maxLength: 3_000 })), fc.webUrl(), (address, text, url) => {
      const hit = toHit({ url: address, title: text, snippet: text });
      if (hit) expect(hit.url).toMatch(/^https?:/);
      expect(toHit({ url, title: text, snippet: text })).toMatchObject({ url: new URL(url).href, title: expect.stringMatching(/./) });
    }),
  );
});
