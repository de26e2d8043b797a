import type { ReadProviderName, ScholarProviderName, SearchProviderName } from "#lib/env.ts";

type Name = SearchProviderName | ScholarProviderName | ReadProviderName;

/** What people call a provider, the line that sets it up, and what asking it costs. */
export const serviceWords: Record<Name, { title: string; line: string | null; cost?: string }> = {
  serper: { title: "Serper", line: "SERPER_API_KEY=…", cost: "each check counts as one query" },
  tavily: { title: "Tavily", line: "TAVILY_API_KEY=…", cost: "each check counts as one query" },
  brave: { title: "Brave", line: "BRAVE_API_KEY=…", cost: "each check counts as one query" },
  exa: { title: "Exa", line: "EXA_API_KEY=…", cost: "each check counts as one query" },
  searxng: { title: "SearXNG", line: "SEARXNG_URL=http://127.0.0.1:8080" },
  kiwix: { title: "Kiwix", line: "KIWIX_URL=http://127.0.0.1:8090" },
  wikipedia: { title: "Wikipedia", line: null },
  corpus: { title: "Your documents", line: "CORPUS_DIR=/path/to/documents" },
  "semantic-scholar": { title: "Semantic Scholar", line: null },
  crossref: { title: "Crossref", line: null },
  arxiv: { title: "arXiv", line: null },
  openalex: { title: "OpenAlex", line: "OPENALEX_API_KEY=…", cost: "each check counts as one search" },
  direct: { title: "Directly", line: null },
  jina: { title: "Jina", line: "JINA_API_KEY=…", cost: "each check reads one page" },
  firecrawl: { title: "Firecrawl", line: "FIRECRAWL_API_KEY=…", cost: "each check reads one page" },
};
