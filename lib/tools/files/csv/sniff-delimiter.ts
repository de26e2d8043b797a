import { csvRows } from "./csv-rows.ts";

const delimiters = [",", ";", "\t", "|"];
const sampleCharacters = 20_000;
const sampleRows = 20;

/** The delimiter by which most of the first rows have the same number of cells, more than one; a comma for a single column. */
export function sniffDelimiter(text: string): string {
  const sample = text.slice(0, sampleCharacters);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const score = agreement(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Rows that have the most frequent number of cells; none for a single one. The last row may be cut off by the sample. */
function agreement(sample: string, delimiter: string): number {
  const counts = new Map<number, number>();
  let rows = 0;
  for (const row of csvRows(sample, delimiter)) {
    if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    if (++rows === sampleRows) break;
  }
  return Math.max(0, ...counts.values());
}
