import type { Report } from "#lib/domain/report.ts";
import type { Share, ShareScope } from "#lib/domain/share.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { isOwnNetwork } from "./is-own-network.ts";

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
 * What of a report is not on the web and would be shown to whoever has the link: files that were uploaded, documents of the own collection, pages
 * of the own network. What was read and not cited shows its title on every page. Null where everything that is shown can be read by anybody anyway.
 */
export function privateWords({ sources, readOnly }: Pick<Report, "sources" | "readOnly">, scope: ShareScope): string | null {
  const isWhole = scope !== "report";
  const shown = isWhole ? [...sources, ...readOnly] : sources;
  const part = isWhole ? "whole text" : "passages";
  const sentences = [
    sentence(shown.filter(isFile), (isOne) => `${isOne ? "is a file or document" : "are files or documents"} of yours.`, part),
    sentence(shown.filter(isOwnPage), (isOne) => `${isOne ? "is a page" : "are pages"} of your own network.`, part),
    isWhole ? "" : titlesShown(readOnly.filter((source) => isFile(source) || isOwnPage(source))),
  ].filter(Boolean);
  return sentences.length > 0 ? sentences.join(" ") : null;
}

const isFile = ({ url }: SourceRef) => !/^https?:/i.test(url);
const isOwnPage = (source: SourceRef) => !isFile(source) && isOwnNetwork(source.url);

function sentence(own: readonly SourceRef[], are: (isOne: boolean) => string, part: string): string {
  if (own.length === 0) return "";
  const isOne = own.length === 1;
  return `${listed(own)} ${are(isOne)} ${isOne ? "Its" : "Their"} ${part} will be readable by anyone who has the link.`;
}

function titlesShown(own: readonly SourceRef[]): string {
  if (own.length === 0) return "";
  return `${listed(own)} ${own.length === 1 ? "was" : "were"} read and not cited: only the ${own.length === 1 ? "title" : "titles"} will show.`;
}

function listed(sources: readonly SourceRef[]): string {
  const [first = "", ...others] = sources.map(({ title }) => `“${title}”`);
  if (others.length === 0) return first;
  if (others.length > 2) return `${first}, ${others[0]} and ${others.length - 1} more`;
  return `${[first, ...others.slice(0, -1)].join(", ")} and ${others.at(-1)}`;
}
