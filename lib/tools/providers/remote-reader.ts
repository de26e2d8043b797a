import { firecrawl } from "./firecrawl.ts";
import { jina } from "./jina.ts";
import type { PageProvider } from "./provider.ts";
import type { ServiceOptions } from "./service-options.ts";

export type RemoteReaderName = "jina" | "firecrawl";

/**
 * The service of a name that reads pages for us; null where the options lack what it needs. `ownHosts`: FETCH_ALLOW_HOSTS. Apart from the
 * readers that parse pages on this machine, which only a worker may load.
 */
export function remoteReader(name: RemoteReaderName, options: ServiceOptions & { ownHosts: readonly string[] }): PageProvider | null {
  const { keys, urls, ownHosts } = options;
  if (name === "jina") return jina({ apiKey: keys.jina, baseUrl: urls.jina, ownHosts });
  return keys.firecrawl ? firecrawl({ apiKey: keys.firecrawl, baseUrl: urls.firecrawl, ownHosts }) : null;
}
