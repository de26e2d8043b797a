import type { Event } from "#lib/domain/event.ts";
import type { ToolDetails } from "#lib/domain/tool-details.ts";

/** The texts of the run's stored pages that hold these words. */
export type PagesWith = (words: string) => Promise<string[]>;

/**
 * Whether a run may open an address. One that has seen private material (uploaded files, the operator's documents) opens only addresses
 * that somebody else has written: the asker, a search's hits, a page that was read, word for word. A page that talks the model into
 * `https://…?d=<what it knows>` then gets nothing. What the model itself has written does not count, wherever it comes back: in a failed
 * visit, a goal, what a script printed, or an extraction. A run without private material has nothing to give away.
 */
export async function mayVisit(events: readonly Event[], pagesWith: PagesWith, url: string): Promise<boolean> {
  if (!isPrivate(events)) return true;
  const spellings = spellingsOf(url);
  const written = events.flatMap(writtenByOthers);
  if (spellings.some((spelling) => written.some((text) => standsIn(text, spelling)))) return true;
  const shortest = spellings.at(-1);
  const pages = shortest ? await pagesWith(shortest) : [];
  return spellings.some((spelling) => pages.some((text) => standsIn(text, spelling)));
}

const isPrivate = (events: readonly Event[]): boolean =>
  events.some((event) => {
    if (event.type === "run-queued") return event.attachments.length > 0;
    return event.type === "tool-returned" && event.attempts.some((attempt) => attempt.ok && attempt.provider === "corpus");
  });

function writtenByOthers(event: Event): string[] {
  if (event.type === "run-queued") return [event.question];
  return event.type === "tool-returned" ? foundBy(event.details) : [];
}

function foundBy(details: ToolDetails): string[] {
  if (details.kind === "search") return details.queries.flatMap(({ hits }) => hits.flatMap((hit) => [hit.url, hit.title, hit.snippet]));
  if (details.kind !== "scholar") return [];
  return details.queries.flatMap(({ papers }) => papers.flatMap((paper) => [paper.url, paper.pdfUrl ?? "", paper.snippet]));
}

/** With and without the scheme, which models leave out. What stands behind `#` never reaches the site. */
function spellingsOf(url: string): string[] {
  const bare = url.trim().replace(/#.*$/s, "").replace(/\/$/, "");
  return [bare, bare.replace(/^https?:\/\//i, "")].filter((spelling) => spelling.length > 3);
}

/** As a whole address and not as the beginning of a longer one, which somebody else may have written for its many beginnings. */
function standsIn(text: string, address: string): boolean {
  for (let at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text.slice(at + address.length, at + address.length + 3);
    const begins = !/[\w.-]/.test(before) || /^https?:/i.test(address);
    if (begins && /^\/?(?:$|[\s"'<>()[\]{}|\\^`,;!#。，、；：！？）】》」』])|^\/?[.?:](?:\s|$)|^\/$/u.test(after)) return true;
  }
  return false;
}
