import type { Paper } from "#lib/domain/tool-details.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { webUrl } from "./web-url.ts";

/** An abstract has some 250 words; what is longer is a page in the place of one. */
const longestAbstract = 2_000;

interface Work {
  title: string;
  /** Where it may be described, best first. */
  urls: (string | null | undefined)[];
  pdfUrl?: string | null | undefined;
  authors?: (string | null | undefined)[];
  venue?: string | null | undefined;
  year?: number | string | null | undefined;
  citedBy?: number | null | undefined;
  abstract?: string | null | undefined;
}

/** A work an index listed, as a paper. Null when it has no title or no address on the web: nobody could cite it. */
export function toPaper({ title, urls, pdfUrl: pdf, authors = [], venue, year, citedBy, abstract }: Work): Paper | null {
  const pdfUrl = webUrl(pdf);
  const url = urls.map(webUrl).find((each) => each !== null) ?? pdfUrl;
  const name = oneLine(title);
  if (!url || !name) return null;
  const publication = [authorLine(authors), oneLine(venue ?? "")].filter(Boolean).join(" - ");
  const snippet = oneLine(abstract ?? "");
  return {
    title: name,
    url,
    ...(pdfUrl && { pdfUrl }),
    ...(publication && { publication }),
    ...(year && { year: String(year) }),
    ...(typeof citedBy === "number" && citedBy >= 0 && { citedBy: Math.trunc(citedBy) }),
    snippet: snippet.length > longestAbstract ? `${snippet.slice(0, longestAbstract).toWellFormed()}…` : snippet,
  };
}

/** As Google Scholar writes it: three names, and that there are more. */
function authorLine(authors: (string | null | undefined)[]): string {
  const names = authors.map((name) => oneLine(name ?? "")).filter(Boolean);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")}…` : names.join(", ");
}
