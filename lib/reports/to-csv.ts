import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { sourceName } from "./html-document/source-words.ts";
import { webAddress } from "./html-document/web-address.ts";
import { reasonOf, statusWord } from "./html-document/words.ts";

/**
 * Claims × sources: a row for each cited sentence, in the order of the report, and a column for each source with the status that the sentence has
 * there. Then what the checks said and the passages. UTF-8 with a mark at its beginning, by which Excel knows it.
 */
export function toCsv(report: Report): string {
  const rows = claimsOf(report.citations).map(({ claim, citations }, place) => [
    String(place + 1),
    claim,
    ...report.sources.map(({ n }) =>
      citations
        .filter((citation) => citation.n === n)
        .map(({ status }) => statusWord(status))
        .join("; "),
    ),
    citations.map((citation) => `[${citation.n}] ${reasonOf(citation)}`).join(" "),
    citations.map((citation) => `[${citation.n}] ${oneLine(citation.passage.text)}`).join(" "),
  ]);
  const head = [
    "No.",
    "Claim",
    ...report.sources.map((source) => `[${source.n}] ${sourceName(source)} ${webAddress(source.url) ?? ""}`.trimEnd()),
    "What the check found",
    "Passages",
  ];
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

interface CitedClaim {
  claim: string;
  citations: Citation[];
}

/** Citations that stand behind one sentence are one claim. */
function claimsOf(citations: readonly Citation[]): CitedClaim[] {
  const found: CitedClaim[] = [];
  for (const citation of citations) {
    const last = found.at(-1);
    if (last && citation.claim !== "" && last.claim === citation.claim) last.citations.push(citation);
    else found.push({ claim: citation.claim, citations: [citation] });
  }
  return found;
}

/** A table program runs what begins with one of these signs; an apostrophe before it makes text of it. */
const cell = (text: string): string => `"${(/^\s*[=+\-@\t\r\n|%＝＋－＠]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
