import type { ReportToStore } from "#e2e/support/stored-report.ts";

const sectionCount = 14;
const sourceCount = 24;
const statuses = ["supported", "quoted", "supported", "supported", "weak", "supported", "quoted", "unchecked"] as const;

/** A report as long as they get: 60 KB of Markdown, 241 citations, tables, formulas and code. */
export function coastReport(): ReportToStore {
  const sources = Array.from({ length: sourceCount }, (_, n) => ({
    title: `Survey of the coast, part ${n + 1}: depths, dues and meadows`,
    text: Array.from({ length: 120 }, (_, line) => sentence(n + 1, line)).join(" "),
  }));
  const claims: ReportToStore["claims"][number][] = [];
  const cited = (): string => {
    const k = claims.length;
    const n = (k % sourceCount) + 1;
    const passage = sentence(n, k % 120);
    const status = statuses[k % statuses.length] ?? "supported";
    claims.push({
      claim: passage,
      n,
      passage,
      status,
      ...(status === "weak" && { reason: "The passage gives the figure for another year." }),
    });
    return `${passage.slice(0, -1)} [${n}].`;
  };
  const plain = "What the surveys have in common is that each was made in the summer months, with the same boats and by the same hands. ";
  const paragraph = () => `${cited()} ${plain}${cited()} ${plain.repeat(2)}${cited()}`;
  const section = (n: number) =>
    [
      `## What part ${n} of the coast shows`,
      ...Array.from({ length: 5 }, paragraph),
      "### In figures",
      `| Year | Depth | Dues |\n| --- | ---: | ---: |\n${Array.from({ length: 8 }, (_, year) => `| ${2010 + year} | ${n + year}.5 | ${n * year} |`).join("\n")}`,
      `- ${cited()}\n- ${cited()}\n- ${plain}`,
      n % 3 === 0 ? "The gain follows $g = \\frac{a_2 - a_1}{a_1}$ in every year." : plain.repeat(3),
    ].join("\n\n");
  // The marks are counted as they stand in the text, so the text is written from its beginning.
  const opening = paragraph();
  const sections = Array.from({ length: sectionCount }, (_, n) => section(n + 1));
  const markdown = `${opening}\n\n${sections.join("\n\n")}\n\n## What could not be found\n\n- A count of the boats before 2010.\n`;
  return { question: "How did the depths, the dues and the meadows of the coast change between 2010 and 2024?", markdown, sources, claims };
}

const sentence = (n: number, line: number) =>
  `In the year ${1904 + line} the survey of part ${n} counted ${n * 7 + line} hectares of meadow between the pier and the third buoy.`;
