import type { Report } from "#lib/domain/report.ts";
import { replaceMarks } from "./marks.ts";

/**
 * The text of a version with each mark under the number that its source has in another version, so that two versions can be compared: every
 * version numbers its sources anew. Sources that the other one does not cite come behind its own.
 */
export function withNumbersOf(other: Pick<Report, "sources">, version: Pick<Report, "markdown" | "citations">): string {
  const numbers = new Map(other.sources.map(({ id, n }) => [id, n]));
  for (const { sourceId } of version.citations) if (!numbers.has(sourceId)) numbers.set(sourceId, numbers.size + 1);
  return replaceMarks(version.markdown, (n, place) => `[${numbers.get(version.citations[place]?.sourceId ?? "") ?? n}]`);
}
