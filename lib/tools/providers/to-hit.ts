import type { SearchHit } from "#lib/domain/tool-details.ts";
import { siteOf } from "#lib/std/site-of.ts";
import { plainText } from "./plain-text.ts";
import { webUrl } from "./web-url.ts";

/** Some services send whole passages; what is longer than this is read by visiting the page. */
const longestSnippet = 1_000;

interface Found {
  url: string;
  title?: string | null | undefined;
  snippet?: string | null | undefined;
  date?: string | null | undefined;
}

/** What a service found, as a hit: in plain text, called by its site where it has no title. Null when its address is none of the web. */
export function toHit({ url: address, title, snippet, date }: Found): SearchHit | null {
  const url = webUrl(address);
  if (!url) return null;
  const site = siteOf(url);
  const text = plainText((snippet ?? "").slice(0, 20_000));
  const short = text.length > longestSnippet ? `${text.slice(0, longestSnippet).toWellFormed()}…` : text;
  return { title: plainText(title ?? "") || site, url, site, snippet: short, ...(date && { date: plainText(date) }) };
}

/** The day of a point in time as services write it (`2026-03-01T10:00:00.000Z`). */
export const dayOf = (time: string | null | undefined) => time?.slice(0, 10);
