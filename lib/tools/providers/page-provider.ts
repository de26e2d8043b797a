import { firecrawl } from "./firecrawl.ts";
import { jina } from "./jina.ts";
import { kiwixPages } from "./kiwix-pages.ts";
import type { PageProvider } from "./provider.ts";
import type { ServiceOptions } from "./service-options.ts";
import { directPages } from "./web-page.ts";

export type PageProviderName = "direct" | "jina" | "firecrawl" | "kiwix";

/** The reader of pages of a name; null where the options lack what it needs. `ownHosts`: FETCH_ALLOW_HOSTS. */
export function pageProvider(name: PageProviderName, options: ServiceOptions & { ownHosts: readonly string[] }): PageProvider | null {
  const { keys, urls, kiwixUrl, ownHosts } = options;
  switch (name) {
    case "direct":
      return directPages({ allowHosts: ownHosts });
    case "jina":
      return jina({ apiKey: keys.jina, baseUrl: urls.jina, ownHosts });
    case "firecrawl":
      return keys.firecrawl ? firecrawl({ apiKey: keys.firecrawl, baseUrl: urls.firecrawl, ownHosts }) : null;
    case "kiwix":
      return kiwixUrl ? kiwixPages(kiwixUrl) : null;
    default:
      return name satisfies never;
  }
}
