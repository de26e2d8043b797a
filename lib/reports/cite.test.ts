import fc from "fast-check";
import { expect, test } from "vitest";
import { cite } from "./cite.ts";
import type { CitableSource } from "./evidence-index.ts";
import { findMarks } from "./marks.ts";

const sources: CitableSource[] = [
  {
    id: "paris",
    n: 1,
    url: "https://a.test/paris",
    title: "Paris",
    text: "Paris is the capital of France. It has 2,102,650 inhabitants as of 2023. The Eiffel Tower was built in 1889.",
  },
  {
    id: "tower",
    n: 2,
    url: "https://a.test/tower",
    title: "Eiffel Tower",
    text: "The tower was completed in 1889 by **Gustave Eiffel**'s company. It is 330 metres tall. Painters repaint it every 7 years.",
  },
  { id: "zh", n: 3, url: "https://a.test/zh", title: "埃菲尔铁塔", text: "埃菲尔铁塔高330米。它建于1889年，位于巴黎战神广场。" },
];
const told = (answer: string) => {
  const { markdown, citations, removedMarks, cited } = cite(answer, sources);
  return {
    markdown,
    citations: citations.map(({ n, sourceId, status, origin, passage }) => [n, sourceId, status, origin, passage.text].join(" | ")),
    removedMarks,
    cited,
  };
};

test.each<[string, string, string, string[]]>([
  ["a quote", "It stands “330 metres tall” [2].", "It stands “330 metres tall” [1].", ["1 | tower | unchecked | model | 330 metres tall"]],
  [
    "a whole sentence to the letter",
    "It is 330 metres tall. [2]",
    "It is 330 metres tall. [1]",
    ["1 | tower | quoted | model | It is 330 metres tall."],
  ],
  [
    "other words",
    "The Eiffel tower's completion was in 1889[2].",
    "The Eiffel tower's completion was in 1889[1].",
    ["1 | tower | unchecked | model | The tower was completed in 1889 by **Gustave Eiffel**'s company."],
  ],
  [
    "marks in a row, in a group and with a range",
    "The Eiffel Tower was built in 1889 [2][1]. The Eiffel Tower was built in 1889 [1, 2]. The tower was built in 1889 [1-2].",
    "The Eiffel Tower was built in 1889 [1][2]. The Eiffel Tower was built in 1889 [2][1]. The tower was built in 1889 [2][1].",
    [],
  ],
  [
    "other shapes",
    "It is 330 metres tall【2†source】. Paris is the capital of France [^1].",
    "It is 330 metres tall[1]. Paris is the capital of France [2].",
    [],
  ],
  [
    "Chinese",
    "铁塔建于1889年[3]。",
    "铁塔建于1889年[1]。",
    ["1 | zh | unchecked | model | 埃菲尔铁塔高330米。它建于1889年，位于巴黎战神广场。"],
  ],
  [
    "clauses",
    "Paris is the capital of France [1], and the tower is 330 metres tall [2].",
    "Paris is the capital of France [1], and the tower is 330 metres tall [2].",
    [],
  ],
  [
    "a mark at the head of a line",
    "[1] Paris is the capital of France",
    "[1] Paris is the capital of France",
    ["1 | paris | quoted | model | Paris is the capital of France"],
  ],
])("resolves %s", (_, answer, markdown, citations) => {
  const report = told(answer);
  expect(report.markdown).toBe(markdown);
  if (citations.length > 0) expect(report.citations).toEqual(citations);
  expect(report.removedMarks).toEqual([]);
});

test("takes out and records a mark of no source, and one whose source does not carry the sentence", () => {
  const report = told("It is 330 metres tall [2][9]. Bananas grow in bunches on plants [1].");
  expect(report.markdown).toBe("It is 330 metres tall [1]. Bananas grow in bunches on plants.");
  expect(report.removedMarks).toEqual(["[9]", "[1]"]);
});

test.each([
  "`[1]` and ``a [2] b``",
  "```js\nx[1] = [2]\n```",
  "[3](https://a.test/x) and ![1](y.png)",
  "see https://a.test/a[1]b",
  "$x[1]$ and $$[2]$$",
])("leaves alone what is no prose: %s", (answer) => {
  expect(told(answer)).toEqual({ markdown: answer, citations: [], removedMarks: [], cited: [] });
});

test("escapes numbers in brackets that are no marks", () => {
  const { markdown, removedMarks } = told("x = [1, 2, 3]; a[1] = 5; the year [2016]; y = [2]");
  expect(markdown).toBe("x = [1, 2, 3]; a\\[1] = 5; the year \\[2016]; y = \\[2]");
  expect(removedMarks).toEqual([]);
});

test("attributes sentences that have no marks, and leaves alone those that nothing carries", () => {
  const report = told(
    "# Paris\n\nThe Eiffel Tower was completed in 1889. Its height is 330 metres. Bananas are yellow and sweet. The tower was completed in 1890. Is it tall?",
  );
  expect(report.markdown).toContain("The Eiffel Tower was completed in 1889. [1]");
  expect(report.markdown).toContain("Bananas are yellow and sweet. The tower was completed in 1890. Is it tall?");
  expect(report.markdown).toMatch(/^# Paris\n/);
  expect(report.citations.every((each) => each.includes("attributed"))).toBe(true);
});

test("attributes rows of a table without breaking the row, and never its head", () => {
  const { markdown } = told("| Eiffel Tower | height |\n|---|---|\n| Eiffel Tower height | 330 metres |");
  expect(markdown).toMatch(/^\| Eiffel Tower \| height \|\n\|---\|---\|\n\| Eiffel Tower height \| 330 metres \[1\](\[2\])? \|$/);
});

test.each([
  [
    "Paris is the capital of France [1].\n\n## References\n\n[1] Paris. https://a.test/paris\n[2] Tower https://a.test/tower",
    "Paris is the capital of France [1].",
  ],
  [
    "Paris is the capital of France [1].\n\n**Sources:**\n- [Paris](https://a.test/paris)\n- https://a.test/tower",
    "Paris is the capital of France [1].",
  ],
  ["Paris is the capital of France [^1].\n\n[^1]: Paris, a page", "Paris is the capital of France [1]."],
  ["Paris is the capital of France[1]。\n\n参考文献：\n[1] 巴黎 https://a.test/paris", "Paris is the capital of France[1]。"],
  [
    "Paris is the capital of France [1].\n\n1. First point about nothing\n2. Second point",
    "Paris is the capital of France [1].\n\n1. First point about nothing\n2. Second point",
  ],
])("drops a reference list only where it clearly is one", (answer, markdown) => {
  expect(told(answer).markdown).toBe(markdown);
});

test("numbers sources by first appearance and keeps one number for one source", () => {
  const report = told("It is 330 metres tall [2]. Paris is the capital of France [1]. Painters repaint it every 7 years [2].");
  expect(report.markdown).toBe("It is 330 metres tall [1]. Paris is the capital of France [2]. Painters repaint it every 7 years [1].");
  expect(report.cited).toEqual(["tower", "paris"]);
});

const piece = fc.constantFrom(
  "Paris is the capital of France",
  "It is 330 metres tall",
  "“330 metres tall”",
  "bananas",
  "铁塔建于1889年",
  ". ",
  "。",
  " ",
  "\n",
  "\n\n",
  "# ",
  "- ",
  "| ",
  "`",
  "```\n",
  "$",
  "*",
  "\\",
  "[1]",
  "[2]",
  "[3]",
  "[7]",
  "[1, 2]",
  "[^1]",
  "【2】",
  "[1][2]",
  "[",
  "]",
  "(",
  ")",
  "(http://x)",
  "[1](http://x)",
  "https://a.b/[1]",
  "[1]: x",
  "References\n",
  "=",
  "a",
  "1",
  "[0]",
  "[1-3]",
  "[12345]",
);
const answer = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(""));

test("for any answer: marks and citations agree, and every passage stands in its source", () => {
  fc.assert(
    fc.property(answer, (text) => {
      const { markdown, citations, cited } = cite(text, sources);
      expect(findMarks(markdown).map(({ n }) => n)).toEqual(citations.map(({ n }) => n));
      for (const { n, sourceId, passage } of citations) {
        const source = sources.find(({ id }) => id === sourceId);
        expect(source?.text.slice(passage.start, passage.end)).toBe(passage.text);
        expect(cited[n - 1]).toBe(sourceId);
      }
    }),
    { numRuns: 3_000 },
  );
});

test("without sources nothing is cited, and doing it again changes nothing", () => {
  fc.assert(
    fc.property(answer, (text) => {
      const once = cite(text, []);
      expect(once.citations).toEqual([]);
      expect(findMarks(once.markdown)).toEqual([]);
      expect(cite(once.markdown, []).markdown).toBe(once.markdown);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["The ministry never [1] approved the sale of the northern port [2].", "The board approved the sale of the northern port."],
  [
    "No study of that year showed [1] that the vaccine causes autism in young children [2].",
    "It claims that the vaccine causes autism in young children.",
  ],
])("a clause whose sentence turns it round is not cited alone: %s", (answer, text) => {
  const about = (n: number, of: string): CitableSource => ({ id: `s${n}`, n, url: `https://a.test/${n}`, title: "", text: of });
  const { citations } = cite(answer, [about(1, `${answer.replace(/ ?\[\d\]/g, "")} So it was said.`), about(2, text)]);
  for (const citation of citations.filter(({ sourceId }) => sourceId === "s2")) expect(citation.status).not.toBe("quoted");
  expect(citations.every(({ claim }) => /never|No study/.test(claim))).toBe(true);
});
