import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { countsInDocx, countsInHtml, countsInMarkdown, countsInPdf } from "./document/counts.fixture.ts";
import { type Counts, countsOf } from "./document/counts.ts";
import { numberedReport } from "./document/numbered-report.fixture.ts";
import { parseReport } from "./document/parse-report.ts";
import { dropReferenceList } from "./drop-reference-list.ts";
import { fromWebWeaver } from "./from-web-weaver.ts";
import { checkPdf } from "./pdf/check-pdf.ts";
import { readFont } from "./pdf/read-font.ts";
import { toTypst } from "./pdf/to-typst.ts";
import { openTypesetter } from "./pdf/typesetter.ts";

const folder = process.env.REAL_DATA;
/** Of so many texts one is taken; REAL_DATA_ALL takes all 199. */
const oneOf = 5;
const reports = () => {
  const odr = `${folder}/odr/tests/expt_results`;
  const written = readdirSync(odr).flatMap((file) =>
    readFileSync(`${odr}/${file}`, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .flatMap(({ prompt, article }: { prompt: string; article: string }) => [
        { name: file, question: prompt, markdown: dropReferenceList(article) },
        { name: `${file} with its own list`, question: prompt, markdown: article },
      ]),
  );
  const weaver = readFileSync(`${folder}/traj-alibaba/WebAgent/WebWeaver/examples/3.md`, "utf8");
  const all = [{ name: "WebWeaver", question: "教学创新大赛", markdown: fromWebWeaver(weaver).markdown }, ...written];
  return all.filter((_, place) => process.env.REAL_DATA_ALL || place % oneOf === 0);
};

/** The same count in each form, but for PDFs whose letters no font of ours has. */
test.skipIf(!folder)(
  "real reports hold the same on the page and in every file",
  async () => {
    const typeset = openTypesetter("/no-folder", readFont);
    const sums: Record<string, Counts & { files: number }> = {};
    const wrong: string[] = [];
    let [pages, plainFormulas, milliseconds] = [0, 0, 0];
    for (const [place, { name, question, markdown }] of reports().entries()) {
      const report = numberedReport(markdown, question);
      const start = performance.now();
      const set = typeset(toTypst(report));
      milliseconds += performance.now() - start;
      if (!set.ok) wrong.push(`${name} ${place}: ${set.reason} ${set.detail}`);
      if (set.ok) {
        pages += set.pages;
        plainFormulas += set.plainFormulas;
        for (const problem of checkPdf(set.pdf).problems) wrong.push(`${name} ${place}: ${problem}`);
      }
      const counts: Record<string, Counts> = {
        tree: countsOf(parseReport(report)),
        page: countsInHtml(report),
        markdown: countsInMarkdown(report),
        docx: await countsInDocx(report),
        ...(set.ok && { pdf: countsInPdf(set.pdf, set.plainFormulas, true) }),
      };
      for (const [form, found] of Object.entries(counts)) {
        const sum = sums[form] ?? { files: 0, headings: 0, links: 0, tables: 0, formulas: 0, citations: 0 };
        sums[form] = sum;
        sum.files += 1;
        for (const key of ["headings", "links", "tables", "formulas", "citations"] as const) sum[key] += found[key];
        if (JSON.stringify(found) !== JSON.stringify(counts.tree)) {
          wrong.push(`${name} ${place}: ${form} ${JSON.stringify(found)}, tree ${JSON.stringify(counts.tree)}`);
        }
      }
    }
    for (const [form, sum] of Object.entries(sums)) process.stdout.write(`\n${form.padEnd(9)} ${JSON.stringify(sum)}`);
    process.stdout.write(
      `\n${pages} pages in ${(milliseconds / 1000).toFixed(1)} s, ${plainFormulas} formulas as TeX\n${wrong.join("\n")}\n`,
    );
    expect(wrong).toEqual([]);
  },
  400_000,
);
