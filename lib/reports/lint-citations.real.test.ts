import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cite } from "./cite.ts";
import { lintCitations } from "./lint-citations.ts";
import { findMarks } from "./marks.ts";

const folder = process.env.REAL_DATA && `${process.env.REAL_DATA}/odr/tests/expt_results`;

test.skipIf(!folder)(
  "dangling, duplicate and uncited numbers of real reports are found and rendered harmless",
  () => {
    for (const file of readdirSync(folder ?? "")) {
      const articles = readFileSync(`${folder}/${file}`, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line): string => JSON.parse(line).article);
      const sum = { reports: 0, marks: 0, listed: 0, dangling: 0, duplicates: 0, uncited: 0, renumbered: 0, removed: 0 };
      for (const article of articles) {
        const lint = lintCitations(article);
        sum.reports += 1;
        for (const key of ["marks", "listed", "renumbered"] as const) sum[key] += lint[key];
        for (const key of ["dangling", "duplicates", "uncited"] as const) sum[key] += lint[key].length;
        // No source of the reports is here, so no mark may be left; what looks like one is no mark.
        const cited = cite(article, []);
        sum.removed += cited.removedMarks.length;
        expect(findMarks(cited.markdown)).toEqual([]);
        expect(cited.citations).toEqual([]);
      }
      process.stdout.write(`\n${file}: ${JSON.stringify(sum)}\n`);
    }
  },
  120_000,
);
