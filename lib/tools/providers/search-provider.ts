import type { Sql } from "postgres";
import { brave } from "./brave.ts";
import { corpusSearch } from "./corpus.ts";
import { exa } from "./exa.ts";
import { kiwix } from "./kiwix.ts";
import type { SearchProvider } from "./provider.ts";
import { searxng } from "./searxng.ts";
import { serper } from "./serper.ts";
import type { ServiceOptions } from "./service-options.ts";
import { tavily } from "./tavily.ts";
import { wikipedia } from "./wikipedia.ts";

export type SearchProviderName = "serper" | "tavily" | "brave" | "exa" | "searxng" | "kiwix" | "wikipedia" | "corpus";

/** The search provider of a name; null where the options lack what it needs. */
export function searchProvider(name: SearchProviderName, options: ServiceOptions & { sql: Sql | null }): SearchProvider | null {
  const { keys, urls, searxngUrl, wikipediaUrl, kiwixUrl, sql } = options;
  switch (name) {
    case "serper":
      return keys.serper ? serper({ apiKey: keys.serper, baseUrl: urls.serper }) : null;
    case "tavily":
      return keys.tavily ? tavily({ apiKey: keys.tavily, baseUrl: urls.tavily }) : null;
    case "brave":
      return keys.brave ? brave({ apiKey: keys.brave, baseUrl: urls.brave }) : null;
    case "exa":
      return keys.exa ? exa({ apiKey: keys.exa, baseUrl: urls.exa }) : null;
    case "searxng":
      return searxngUrl ? searxng(searxngUrl) : null;
    case "kiwix":
      return kiwixUrl ? kiwix(kiwixUrl) : null;
    case "wikipedia":
      return wikipedia({ baseUrl: wikipediaUrl });
    case "corpus":
      return sql ? corpusSearch(sql) : null;
    default:
      return name satisfies never;
  }
}
