import { arxiv } from "./arxiv.ts";
import { crossref } from "./crossref.ts";
import { openAlex } from "./openalex.ts";
import type { ScholarProvider } from "./provider.ts";
import { semanticScholar } from "./semantic-scholar.ts";
import { serperScholar } from "./serper-scholar.ts";
import type { ServiceOptions } from "./service-options.ts";

export type ScholarProviderName = "serper" | "semantic-scholar" | "crossref" | "arxiv" | "openalex";

/** The index of scholarly works of a name; null where the options lack what it needs. */
export function scholarProvider(name: ScholarProviderName, { keys, urls, contactEmail }: ServiceOptions): ScholarProvider | null {
  switch (name) {
    case "serper":
      return keys.serper ? serperScholar({ apiKey: keys.serper, baseUrl: urls.serper }) : null;
    case "semantic-scholar":
      return semanticScholar({ apiKey: keys["semantic-scholar"], baseUrl: urls["semantic-scholar"] });
    case "crossref":
      return crossref({ contactEmail, baseUrl: urls.crossref });
    case "arxiv":
      return arxiv({ baseUrl: urls.arxiv });
    case "openalex":
      return keys.openalex ? openAlex({ apiKey: keys.openalex, contactEmail, baseUrl: urls.openalex }) : null;
    default:
      return name satisfies never;
  }
}
