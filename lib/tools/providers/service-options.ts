import type { ResolveHost } from "#lib/tools/fetch/resolve-host.ts";

type Keyed = "serper" | "tavily" | "brave" | "exa" | "jina" | "firecrawl" | "semantic-scholar" | "openalex";

/** What outside services are asked with: the settings, as plain values. */
export interface ServiceOptions {
  keys: { readonly [service in Keyed]?: string | undefined };
  /** Addresses in the place of the services' own. */
  urls: { readonly [service in Keyed | "crossref" | "arxiv"]?: string | undefined };
  searxngUrl?: string | undefined;
  wikipediaUrl?: string | undefined;
  kiwixUrl?: string | undefined;
  contactEmail?: string | undefined;
}

export interface KeyedService {
  apiKey: string;
  /** Replaces the service's own address: a proxy, a mirror. */
  baseUrl?: string | undefined;
}

export interface RemoteReader {
  baseUrl?: string | undefined;
  /** Hosts of the operator's own network: their pages are never asked for outside. */
  ownHosts: readonly string[];
  /** Finds the addresses of a page's host; absent: as this machine does. */
  resolve?: ResolveHost | undefined;
}
