import type { Event } from "#lib/domain/event.ts";
import type { ToolDetails } from "#lib/domain/tool-details.ts";
import { addressesIn, oneAddress } from "#lib/std/addresses-in.ts";
import { isAllowedHost } from "#lib/tools/fetch/is-allowed-host.ts";

export interface GateOptions {
  events: readonly Event[];
  /** Hosts whose pages are private: FETCH_ALLOW_HOSTS. */
  ownHosts: readonly string[];
  /** What a run's stored pages say of a host: their own addresses, and the texts around each mention of it. */
  pagesNaming(host: string): Promise<{ addresses: string[]; mentions: string[] }>;
}

/** Addresses that only pages have named, opened in one run: of one site, and of all. What more a run learns it finds by searching. */
const mostOfSite = 8;
const mostOfAll = 40;

/**
 * Decides which addresses a run may open. One that has seen private material (uploaded files, the operator's documents, pages of his own
 * hosts) opens only addresses that somebody else has written, whole: the asker, a search's hits, a page that was read. A page that talks
 * the model into `https://…?d=<what it knows>` then gets nothing. What the model itself has written does not count, wherever it comes
 * back: in a failed visit, a goal, what a script printed, an extraction. Of what only pages have named a few are opened, since a page that
 * lists an alphabet of addresses learns from which of them are asked for. A run without private material has nothing to give away.
 */
export function visitGate({ events, ownHosts, pagesNaming }: GateOptions): (url: string) => Promise<boolean> {
  const granted = new Map<string, Set<string>>();
  let counted = 0;

  /** What a worker before this one has let through counts too. */
  function countVisited(): void {
    for (; counted < events.length; counted++) {
      const event = events[counted];
      if (event?.type !== "tool-returned" || event.details.kind !== "visit") continue;
      for (const page of event.details.pages) {
        const address = page.failure === "unknown-address" ? null : oneAddress(page.url);
        if (address !== null && !isGiven(events, address)) grantedOf(address).add(address);
      }
    }
  }
  function grantedOf(address: string): Set<string> {
    const site = registrableOf(address);
    const known = granted.get(site) ?? new Set();
    granted.set(site, known);
    return known;
  }
  return async (url) => {
    if (!isPrivate(events, ownHosts)) return true;
    const address = oneAddress(url);
    if (address === null) return true; // nothing that could be opened: the reader says why
    if (isGiven(events, address)) return true;
    const pages = await pagesNaming(new URL(address).hostname);
    if (pages.addresses.some((each) => oneAddress(each) === address)) return true;
    if (!pages.mentions.some((text) => addressesIn(text).includes(address))) return false;
    countVisited();
    const ofSite = grantedOf(address);
    const ofAll = [...granted.values()].reduce((sum, each) => sum + each.size, 0);
    if (!ofSite.has(address) && (ofSite.size >= mostOfSite || ofAll >= mostOfAll)) return false;
    ofSite.add(address);
    return true;
  };
}

function isPrivate(events: readonly Event[], ownHosts: readonly string[]): boolean {
  return events.some((event) => {
    if (event.type === "run-queued") return event.attachments.length > 0;
    if (event.type === "source-found") return isOwn(event.source.url, ownHosts);
    return event.type === "tool-returned" && event.attempts.some((attempt) => attempt.ok && attempt.provider === "corpus");
  });
}

function isOwn(url: string, ownHosts: readonly string[]): boolean {
  const { hostname, port, protocol } = URL.parse(url) ?? { hostname: "", port: "", protocol: "" };
  return hostname !== "" && isAllowedHost(hostname, port || (protocol === "https:" ? "443" : "80"), ownHosts);
}

/** Written by the asker, or found by a search. */
function isGiven(events: readonly Event[], address: string): boolean {
  return events.some((event) => {
    if (event.type === "run-queued") return addressesIn(withSchemes(event.question)).includes(address);
    return event.type === "tool-returned" && foundBy(event.details).some((url) => oneAddress(url) === address);
  });
}

/** People leave the scheme out. */
const withSchemes = (question: string) =>
  `${question} ${question.replace(/(?<![\w.@/-])(?!https?:)((?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:\/[^\s]*)?)/gi, "https://$1")}`;

function foundBy(details: ToolDetails): string[] {
  if (details.kind === "search") return details.queries.flatMap(({ hits }) => hits.map((hit) => hit.url));
  if (details.kind !== "scholar") return [];
  return details.queries.flatMap(({ papers }) => papers.flatMap((paper) => [paper.url, paper.pdfUrl ?? ""]));
}

/** The part of a host name that its owner registered, nearly: the last two labels, three below `co.uk` and its like. */
function registrableOf(address: string): string {
  const labels = new URL(address).hostname.split(".");
  const short = (labels.at(-2)?.length ?? 0) <= 3 && (labels.at(-1)?.length ?? 0) === 2;
  return labels.slice(short ? -3 : -2).join(".");
}
