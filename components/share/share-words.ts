import type { Report } from "#lib/domain/report.ts";
import type { Share, ShareScope } from "#lib/domain/share.ts";

/** What whoever has the link can read. */
export const scopeWords: Record<ShareScope, string> = {
  report: "The report",
  sources: "The report and its sources",
  trace: "The report, its sources and the trace",
};

/** The same, in full. */
export function scopeMore(scope: ShareScope, { sources, readOnly }: Pick<Report, "sources" | "readOnly">): string {
  const read = sources.length + readOnly.length;
  if (scope === "report") return "Text, citations and the cited passages";
  if (scope === "sources") return `Also the stored text of ${read === 1 ? "the source" : `the ${read} sources`} it read`;
  return "Also every thought, query and observation";
}

const day = 24 * 3_600_000;

/** When a link ends that is still open: the day, or how many hours are left of the last one. */
export function endsIn(expiresAt: string, now: number): string {
  const left = Date.parse(expiresAt) - now;
  if (left < 3_600_000) return "ends within the hour";
  if (left < 2 * day) return `ends in ${Math.round(left / 3_600_000)} h`;
  return `ends in ${Math.round(left / day)} days`;
}

export const openedWords = ({ views }: Pick<Share, "views">): string =>
  views === 0 ? "never opened" : `opened ${views.toLocaleString("en-GB")} ${views === 1 ? "time" : "times"}`;

/**
 * What of a report is not on the web and would be shown to whoever has the link: files that were uploaded, documents of the own collection. Null where
 * everything that is shown can be read by anybody anyway.
 */
export function privateWords({ sources, readOnly }: Pick<Report, "sources" | "readOnly">, scope: ShareScope): string | null {
  const own = (scope === "report" ? sources : [...sources, ...readOnly]).filter(({ url }) => !/^https?:/i.test(url));
  const [first, ...others] = own.map(({ title }) => `“${title}”`);
  if (!first) return null;
  const shown = scope === "report" ? "passages" : "whole text";
  if (others.length === 0) return `${first} is a file or document of yours. Its ${shown} will be readable by anyone who has the link.`;
  const list =
    others.length > 2
      ? `${first}, ${others[0]} and ${others.length - 1} more`
      : `${[first, ...others.slice(0, -1)].join(", ")} and ${others.at(-1)}`;
  return `${list} are files or documents of yours. Their ${shown} will be readable by anyone who has the link.`;
}
