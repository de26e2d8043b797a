import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import { citation, sampleReport, sourceRef } from "#lib/reports/html-document/sample-report.fixture.ts";

const passage = "Passage of the source, as it stands in the copy that was stored when it was read.";

/** A report of about so many characters with 40 sources, a mark a sentence, and a table, a link and a formula a section. `edition` makes it another one. */
export function longReport(length: number, edition = 0): Report {
  const sources = Array.from({ length: 40 }, (_, place) =>
    sourceRef(1, { id: `s${place + 1}`, n: place + 1, title: `Source *${place + 1}*` }),
  );
  const citations: Citation[] = [];
  let markdown = `# Findings of edition ${edition}\n`;
  for (let section = 1; markdown.length < length; section++) {
    markdown += `\n## Section ${section}\n\n`;
    for (let sentence = 0; sentence < 24; sentence++) {
      const n = ((section * 24 + sentence) % 40) + 1;
      citations.push(
        citation(n, { sourceId: `s${n}`, passage: { start: 0, end: passage.length, text: `${passage} ${citations.length}` } }),
      );
      if (sentence === 12) markdown += "\n\n";
      markdown += `The harbour of **town ${section + edition}** was dredged to ${sentence + 3} metres for $${sentence} million in \`${1900 + section}\` [${n}]. `;
    }
    markdown += `\n\n| Year | Depth | Remark |\n|---|---|---|\n| ${1900 + section} | ${section} m | See [the page](https://a.example/${section}) |\n`;
    markdown += `\nSo $d_${section} = \\frac{1}{${section}}$ holds, 也就是说港口很深。\n`;
  }
  return sampleReport({ markdown, citations, sources });
}
