import type { Event } from "#lib/domain/event.ts";
import type { ToolDetails } from "#lib/domain/tool-details.ts";
import { addressesIn, oneAddress } from "#lib/std/addresses-in.ts";
import { isAllowedHost } from "#lib/tools/fetch/is-allowed-host.ts";

export interface GateOptions {
  events: readonly Event[];
  /** Hosts whose pages are private: FETCH_ALLOW_HOSTS. */
  ownHosts: readonly string[];
  /** What a run's stored pages say of an address: their own addresses on its host, and the texts that may hold it. */
  pagesNaming(address: URL): Promise<{ addresses: string[]; mentions: string[] }>;
}

/** `foreseen`: the call that asks is still being written, so nothing is let through on the word of a page. */
export type MayVisit = (url: string, options?: { foreseen: boolean }) => Promise<boolean>;

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
export function visitGate({ events, ownHosts, pagesNaming }: GateOptions): MayVisit {
  const granted = new Map<string, Set<string>>();
  let counted = 0;

  /** What was let through since the run is private, by a worker before this one too. */
  function countVisited(): void {
    counted = Math.max(
      counted,
      events.findIndex((event) => isPrivate(event, ownHosts)),
    );
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
  return async (url, { foreseen } = { foreseen: false }) => {
    if (!events.some((event) => isPrivate(event, ownHosts))) return true;
    const address = oneAddress(url);
    if (address === null) return true; // nothing that could be opened: the reader says why
    if (isGiven(events, address)) return true;
    if (foreseen) return false;
    const pages = await pagesNaming(new URL(address));
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

/** Whether with this event the run has seen something private. */
function isPrivate(event: Event, ownHosts: readonly string[]): boolean {
  if (event.type === "run-queued") return event.attachments.length > 0;
  if (event.type === "source-found") return isOwn(event.source.url, ownHosts);
  return event.type === "tool-returned" && event.attempts.some((attempt) => attempt.ok && attempt.provider === "corpus");
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

/** What countries put between a name and themselves: `co.uk`, `com.br`. */
const secondLevel = new Set(["ac", "co", "com", "edu", "go", "gob", "gov", "mil", "ne", "net", "nom", "or", "org"]);

/** The part of a host name that its owner registered, nearly: the last two labels, three below `co.uk` and its like. */
function registrableOf(address: string): string {
  const labels = new URL(address).hostname.split(".");
  const isBelow = labels.at(-1)?.length === 2 && secondLevel.has(labels.at(-2) ?? "");
  return labels.slice(isBelow ? -3 : -2).join(".");
}
