import { firecrawl } from "./firecrawl.ts";
import { jina } from "./jina.ts";
import type { PageProvider } from "./provider.ts";
import type { RemoteReader, ServiceOptions } from "./service-options.ts";

export type RemoteReaderName = "jina" | "firecrawl";

/**
 * The service of a name that reads pages for us; null where the options lack what it needs. `ownHosts`: FETCH_ALLOW_HOSTS. Apart from the
 * readers that parse pages on this machine, which only a worker may load.
 */
export function remoteReader(name: RemoteReaderName, options: ServiceOptions & Omit<RemoteReader, "baseUrl">): PageProvider | null {
  const { keys, urls, ownHosts, resolve } = options;
  if (name === "jina") return jina({ apiKey: keys.jina, baseUrl: urls.jina, ownHosts, resolve });
  return keys.firecrawl ? firecrawl({ apiKey: keys.firecrawl, baseUrl: urls.firecrawl, ownHosts, resolve }) : null;
}
