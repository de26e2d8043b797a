import type { Report } from "#lib/domain/report.ts";
import { entriesOf } from "./bibliographies/entry.ts";

/** The cited sources as CSL-JSON, for Zotero, Pandoc and others. */
export function toCsl(report: Report): string {
  const items = entriesOf(report).map(({ key, title, site, url, read, note }) => ({
    id: key,
    type: "webpage",
    title,
    "container-title": site,
    ...(url !== null && { URL: url }),
    accessed: { "date-parts": [read.split("-").map(Number)] },
    note,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}
