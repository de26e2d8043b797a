import { directPages } from "./direct-pages.ts";
import { kiwixPages } from "./kiwix-pages.ts";
import type { PageProvider } from "./provider.ts";
import { type RemoteReaderName, remoteReader } from "./remote-reader.ts";
import type { RemoteReader, ServiceOptions } from "./service-options.ts";

type PageProviderName = "direct" | "kiwix" | RemoteReaderName;

/** The reader of pages of a name; null where the options lack what it needs. `ownHosts`: FETCH_ALLOW_HOSTS. */
export function pageProvider(name: PageProviderName, options: ServiceOptions & Omit<RemoteReader, "baseUrl">): PageProvider | null {
  const { kiwixUrl, ownHosts } = options;
  switch (name) {
    case "direct":
      return directPages({ allowHosts: ownHosts });
    case "jina":
    case "firecrawl":
      return remoteReader(name, options);
    case "kiwix":
      return kiwixUrl ? kiwixPages(kiwixUrl) : null;
    default:
      return name satisfies never;
  }
}
