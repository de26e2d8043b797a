import { formatMoment } from "#lib/client/format-moment.ts";
import type { Citation } from "#lib/domain/citation.ts";
import type { SourceRef } from "#lib/domain/source.ts";

/** A passage as one quotes it elsewhere: its words, and where and when they were read. */
export function withReference(citation: Citation, source: SourceRef, timeZone: string): string {
  const title = source.title ? `${source.title}. ` : "";
  return `“${citation.passage.text.trim()}”\n${title}${source.site}, ${source.url} (read ${formatMoment(source.fetchedAt, "day", timeZone)})`;
}
