import { expect, test } from "vitest";
import { entityMarks } from "./entity-marks.ts";
import { tameHtml } from "./tame-html.ts";

const tamed = (html: string) =>
  entityMarks
    .toHtml(tameHtml(html, "https://example.org/a/b?q").html)
    .replace(/^<html><head>(.*)<\/head><body>([\s\S]*)<\/body><\/html>$/, (_, head: string, body: string) =>
      head ? `${head}|${body}` : body,
    );

test.each([
  [
    "scripts, styles and pictures",
    "<p>a<script>x<y</script><style>p{}</style><img src=x alt=y><svg><title>t</title></svg>b</p>",
    "<p>ab</p>",
  ],
  [
    "what is only for the eye or the hand",
    "<p>a</p><noscript>Enable it</noscript><iframe src=x>y</iframe><button>Buy</button>",
    "<p>a</p>",
  ],
  ["unclosed tags", "<ul><li>a<li>b", "<ul><li>a</li><li>b</li></ul>"],
  ["entities", "<p>a &lt;b&gt; &amp; &euro;", "<p>a &lt;b> &amp; €</p>"],
  ["relative links", '<a href="c#d" onclick="x()">c</a>', '<a href="https://example.org/a/c#d">c</a>'],
  ["a base", '<base href="/x/"><a href=c>c</a>', '<a href="https://example.org/x/c">c</a>'],
  ["links that lead nowhere", '<a href="#top">a</a><a href="javascript:alert(1)">b</a><a href="data:,x">c</a>', "<a>a</a><a>b</a><a>c</a>"],
  ["quotes in attributes", `<p title='"<table>'>a`, '<p title="&quot;&lt;table>">a</p>'],
  ["definition lists", "<dl><dt>a<dd>b</dl>", "<div><div>a</div><div>b</div></div>"],
  [
    "powers, footnote marks and indices",
    'x<sup>2</sup> 5<sup>th</sup> H<sub>2</sub>O<sup class="reference"><a>[1]</a></sup>',
    "x<span>^2</span> 5<span>th</span> H<span>2</span>O",
  ],
  ["a formula with TeX beside it", '<math alttext="{\\displaystyle a_1}"><mi>a</mi></math>', "<code>$a_1$</code>"],
  ["a formula with TeX inside", '<math><mi>a</mi><annotation encoding="application/x-tex">a_1</annotation></math>', "<code>$a_1$</code>"],
  ["a formula of glyphs", "<math><mi>a</mi><mo>=</mo><mn>1</mn></math>", "a=1"],
  ["a formula as a picture", '<img class="latex" alt="a_1">', "<code>$a_1$</code>"],
  [
    "structured data",
    '<script type="application/ld+json">{"a":"<b>"}</script>',
    '<script type="application/ld+json">{"a":"<b>"}</script>|',
  ],
  [
    "a page without its skeleton, and one with a strange one",
    "<title>a<b</title><meta name=x content=y><p>b<html><body>c",
    '<title>a&lt;b</title><meta name="x" content="y">|<p>bc</p>',
  ],
  [
    "a table for the layout",
    "<table><tr><td><table><tr><td>a</table></table>",
    "<div><div><div><table><tr><td>a</td></tr></table></div></div></div>",
  ],
])("%s", (_, html, expected) => {
  expect(tamed(html)).toBe(expected);
});

test("the title is the document's, and boilerplate does not count as body", () => {
  const page = tameHtml(
    "<title>A &amp; B</title><header>head</header><nav>menu</nav><p>one two</p><footer>foot</footer>",
    "https://example.org/",
  );
  expect(page).toMatchObject({ title: "A & B", bodyCharacters: 6, cut: false });
});

test("depth, elements, attributes and text are capped; text inside of dropped tags stays", () => {
  const deep = tamed(`${"<div>".repeat(5_000)}deep`);
  expect(deep.match(/<div>/g)).toHaveLength(100);
  expect(deep).toContain("deep");
  const many = tamed("<p>a</p>".repeat(70_000));
  expect(many.match(/<p>/g)).toHaveLength(60_000);
  expect(many.match(/a/g)).toHaveLength(70_000);
  expect(tamed(`<p ${Array.from({ length: 50_000 }, (_, index) => `a${index}=1`).join(" ")} id=x class="${"y".repeat(3_000)}">a`)).toBe(
    '<p id="x">a</p>',
  );
  const long = tameHtml(`<p>${"x".repeat(4_100_000)}`, "https://example.org/");
  expect(long.cut).toBe(true);
  expect(long.html.length).toBeLessThan(4_000_100);
});
