import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { sourceName } from "#lib/reports/html-document/source-words.ts";
import { webAddress } from "#lib/reports/html-document/web-address.ts";
import { oneLine } from "#lib/std/one-line.ts";

/** What is known of a cited source: nothing is guessed, so there is no author and no year. */
export interface Entry {
  key: string;
  title: string;
  site: string;
  /** Null for a file or a document of a collection, which has no address that others could open. */
  url: string | null;
  /** The day it was read, as `2026-11-22`, in UTC. */
  read: string;
  note: string;
}

/** The cited sources of a report for a list of references, by their numbers. */
export function entriesOf(report: Report): Entry[] {
  return report.sources.map(entryOf);
}

function entryOf(source: SourceRef): Entry {
  const read = source.fetchedAt.slice(0, 10);
  const url = webAddress(source.url);
  return {
    key: keyOf(source),
    title: sourceName(source),
    site: oneLine(source.site),
    url,
    read,
    note: `Source ${source.n}. Stored copy SHA-256 ${source.hash}${url === null ? "; not an address of the web" : ""}`,
  };
}

/** Letters and digits that every reader of references takes: the site, and the number, by which no two are alike. */
function keyOf({ site, n }: SourceRef): string {
  const name = site
    .normalize("NFKD")
    .replace(/[^A-Za-z]/g, "")
    .slice(0, 30);
  return `${name || "source"}${n}`;
}
