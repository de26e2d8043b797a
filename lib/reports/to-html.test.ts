import { expect, test } from "vitest";
import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import { toHtml } from "./to-html.ts";

const cited = (...ns: (number | [number, CitationStatus])[]): Citation[] =>
  ns.map((each) => {
    const [n, status] = Array.isArray(each) ? each : [each, "quoted" as const];
    return { n, sourceId: `s${n}`, claim: "", passage: { start: 0, end: 1, text: "x" }, status, origin: "model" };
  });
const html = (markdown: string, ...ns: (number | [number, CitationStatus])[]) => toHtml({ markdown, citations: cited(...ns) }).html;
const buttons = (text: string) =>
  [...text.matchAll(/<button[^>]*data-citation="(\d+)"[^>]*aria-label="([^"]*)"/g)].map((match) => `${match[1]}: ${match[2]}`);

test("each mark becomes a button with its source and status", () => {
  const text = html("One. [2] Two, [1] and more.\n\n- Three [2][3]", 2, [1, "weak"], 2, [3, "unchecked"]);
  expect(buttons(text)).toEqual(["0: Source 2, quoted", "1: Source 1, weak", "2: Source 2, quoted", "3: Source 3, not checked"]);
});

test("a claim is the sentence before its mark, and only that", () => {
  const text = html("First sentence. Second one. [1] Third.", 1);
  expect(text).toMatch(/^<p>First sentence. <span class="claim claim-quoted">Second <span class="nowrap">one\.<button/);
  expect(text).toMatch(/<\/button><\/span><\/span> Third\.<\/p>$/);
});

test("marks side by side belong to one claim with the worst status", () => {
  const text = html("So it is. [1][2]", 1, [2, "unsupported"]);
  expect(text.match(/class="claim /g)).toHaveLength(1);
  expect(text).toContain("claim-unsupported");
});

test("what looks like a mark and is none stays text", () => {
  const text = html("Kept \\[1\\] and \\[7] as it is, `[1]` too. Real [1]\n\n```\n[1]\n```\n\n[see [1]](https://a.example/)", 1);
  expect(buttons(text)).toEqual(["0: Source 1, quoted"]);
  expect(text).toContain("Kept [1] and [7] as it is");
});

test("a mark whose number is not that of its citation stays text", () => {
  expect(buttons(html("One [1] two [9] three [2]", 1, 4, 2))).toEqual(["0: Source 1, quoted", "2: Source 2, quoted"]);
});

test("a mark over a link definition is a mark", () => {
  expect(buttons(html("One [1]\n\n[1]: https://evil.example/", 1))).toEqual(["0: Source 1, quoted"]);
});

test("marks in tables, headings, quotes and emphasis are found", () => {
  const text = html("## Head [1]\n\n> said\n> twice [2]\n\n**bold [3]**\n\n| a | b |\n|---|---|\n| x [4] | y [5] |", 1, 2, 3, 4, 5);
  expect(buttons(text)).toHaveLength(5);
});

test.each([
  ["<script>alert(1)</script>", "script"],
  ["<img src=x onerror=alert(1)>", "<img"],
  ["![x](https://evil.example/?d=1)", "evil.example"],
  ["[x](javascript:alert(1))", "javascript:"],
  ["[x](data:text/html,1)", "data:"],
  ["<button data-citation=0>x</button>", "<button"],
  ["<citation-mark index=0></citation-mark>", "<button"],
  ["[^1]\n\n[^1]: <iframe src=x></iframe>", "<iframe"],
])("%s does not get through", (markdown, piece) => {
  expect(html(markdown)).not.toContain(piece);
});

test("links go out without a referrer", () => {
  expect(html("[x](https://a.example/)")).toContain('rel="noopener noreferrer nofollow ugc"');
});

test("headings get ids of ours, and the contents know their citations", () => {
  const { html: text, contents } = toHtml({
    markdown: "# Main\n\nA. [1]\n\n## Main\n\nB. [2] C. [1]\n\n## What could not be found\n\nD.",
    citations: cited(1, 2, 1),
  });
  expect(contents).toEqual([
    { id: "s-main", text: "Main", depth: 2, citations: [0] },
    { id: "s-main-2", text: "Main", depth: 3, citations: [1, 2] },
    { id: "s-what-could-not-be-found", text: "What could not be found", depth: 3, citations: [] },
  ]);
  expect(text).toContain('<h2 id="s-main">');
});

test("the section of gaps is set apart", () => {
  const { html: text } = toHtml({ markdown: "## Found\n\nA.\n\n## What could not be found\n\nB.", citations: [] });
  expect(text).toContain('<section class="gaps"><h2 id="s-what-could-not-be-found">');
});

test("headings go in steps of one below the page's own, wherever they stand", () => {
  expect(
    toHtml({ markdown: "> ### A\n\n##### B\n\n###### C\n\n## D", citations: [] }).contents.map(({ text, depth }) => `${text}${depth}`),
  ).toEqual(["A2", "B3", "C4", "D2"]);
});

test("formulas are MathML, and what cannot be set is shown as it was written", () => {
  const text = html("So $x^2$, not $\\href{javascript:alert(1)}{x}$ and not $\\def\\a{\\a}\\a_1$. It costs $5 and $6.");
  expect(text.match(/<math /g)).toHaveLength(1);
  expect(text).toContain('<code class="formula formula-source">\\href{javascript:alert(1)}{x}</code>');
  expect(text).toContain("It costs $5 and $6.");
  expect(text).not.toContain("style=");
});

test("a line that says it is the caption of a table is one", () => {
  expect(html("**Table 1:** Depths [1]\n\n| a |\n|---|\n| b |", 1)).toMatch(/<table><caption>.*Depths.*<button.*<\/caption>/);
});
