import { expect, test } from "vitest";
import { countsInDocx, countsInHtml, countsInMarkdown, countsInPdf } from "./document/counts.fixture.ts";
import { countsOf } from "./document/counts.ts";
import { numberedReport } from "./document/numbered-report.fixture.ts";
import { parseReport } from "./document/parse-report.ts";
import { checkPdf } from "./pdf/check-pdf.ts";
import { readFont } from "./pdf/read-font.ts";
import { toTypst } from "./pdf/to-typst.ts";
import { openTypesetter } from "./pdf/typesetter.ts";

const typeset = openTypesetter("/no-folder", readFont);

const text = `# Findings [1]

It costs $5 and $6 [1], and $E = mc^2$ holds [2][3]. See [the page](https://a.example/b), <https://b.example/> and www.c.example.

Table 1: Depths [2]

| Port | Depth |
|---|---:|
| A | 9 m [1] |
| B \\| C | [d](https://d.example/) |

## Deep

#### Deeper

> Quoted [3] and $$x_1$$.

1. One [1]
   - Two \`[4]\` **three [2]**

\\[ \\sum_i i^2 \\]

\`\`\`
[1] https://e.example/ $x$
\`\`\`

[f][g] ![h](https://h.example/) [i](javascript:1) <b>j</b> [k](#l) [^1]

[g]: https://g.example/
`;

test("a report holds the same on the page and in every file", async () => {
  const report = numberedReport(text);
  const expected = { headings: 3, links: 5, tables: 1, formulas: 3, citations: 9 };
  expect(countsOf(parseReport(report))).toEqual(expected);
  expect(countsInHtml(report)).toEqual(expected);
  expect(countsInMarkdown(report)).toEqual(expected);
  expect(await countsInDocx(report)).toEqual(expected);
  const set = typeset(toTypst(report));
  if (!set.ok) throw new Error(set.detail);
  expect(countsInPdf(set.pdf, set.plainFormulas, true)).toEqual(expected);
  expect(checkPdf(set.pdf).problems).toEqual([]);
  expect(typeset(toTypst(report))).toEqual(set);
});
