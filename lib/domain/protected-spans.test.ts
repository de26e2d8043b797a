import { expect, test } from "vitest";
import { protectedSpans } from "./protected-spans.ts";

const kinds = (markdown: string) => protectedSpans(markdown).map(({ kind, start, end }) => `${kind}: ${markdown.slice(start, end)}`);
const formulas = (markdown: string) =>
  protectedSpans(markdown).flatMap(({ inner, display }) =>
    inner ? [`${display ? "!" : ""}${markdown.slice(inner.start, inner.end)}`] : [],
  );

test("code, links, addresses and definitions are no prose", () => {
  expect(kinds("a `b` [c](https://d.example/) ![e](f) https://g.example/h. i\n\n[1]: https://j.example/\n\n```\nk [1]\n```\nl")).toEqual([
    "code: `b`",
    "link: [c](https://d.example/)",
    "link: ![e](f)",
    "address: https://g.example/h",
    "definition: [1]: https://j.example/",
    "fence: ```\nk [1]\n```",
  ]);
});

test("the text of a link may hold brackets", () => {
  expect(kinds("[see [1]](https://a.example/) [2]")).toEqual(["link: [see [1]](https://a.example/)"]);
});

test.each(["[a]( b )", "[a](\nb)", '[a](b\n"c" )', '[a]( b "c")'])("white space in %j belongs to the link", (link) => {
  expect(kinds(`x ${link} y`)).toEqual([`link: ${link}`]);
});

test.each(["[1]( see there )", "[1](\n\nb)"])("%j is no link", (text) => {
  expect(kinds(text)).toEqual([]);
});

test("a fence that never closes goes to the end, code in a line ends with its paragraph", () => {
  expect(kinds("a\n~~~\nb [1]\n```\nc")).toEqual(["fence: ~~~\nb [1]\n```\nc"]);
  expect(kinds("a `b\n\nc` d")).toEqual([]);
  expect(kinds("``a ` b`` c")).toEqual(["code: ``a ` b``"]);
});

test.each([
  ["$x$ and $E = mc^2$", ["x", "E = mc^2"]],
  ["so $$\\sum_i i$$ holds", ["!\\sum_i i"]],
  ["so \\(a + b\\) and \\[\nx = 1\n\\]", ["a + b", "!\nx = 1\n"]],
  ["$\\alpha$-decay", ["\\alpha"]],
  ["$5 \\times 10^3$ m", ["5 \\times 10^3"]],
  ["$3$ of $n$", ["3", "n"]],
])("%s has formulas", (markdown, expected) => {
  expect(formulas(markdown)).toEqual(expected);
});

test.each([
  "costs $5 and $6",
  "from $5-$6 to US$7",
  "$100 million (US$) or A$3",
  "between $1.5 billion and $2 billion, or $3/year",
  "pay $20, then $30.",
  "A $5 fee and a 10$ one",
  "the price rose from $12,000 in 2019 to $15,000 in 2020 (in 2020 $)",
  "escaped \\$x\\$ here",
  "Kept \\[1\\] and \\(so\\) as it is",
  "$PATH and $HOME are set",
  "`$x$` [a $b$](https://c.example/)",
])("%s has none", (markdown) => {
  expect(formulas(markdown)).toEqual([]);
});

/** A text for which the time grew with the square of its length would not be done in the time of a test. */
test.each(["[", "`", "$", "\\(", "\\[", "![a](", "[[", "$$", "` `` ", "https://", "[1]: ", '[](a "', "$a ", "<http://", "[a](b", "\n"])(
  "%j again and again is read once",
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(protectedSpans(text).every(({ start, end }) => start < end)).toBe(true);
  },
);
