import type { ReadProviderName, ScholarProviderName, SearchProviderName } from "#lib/env.ts";

type Name = SearchProviderName | ScholarProviderName | ReadProviderName;

/** The line that sets a provider up, and what asking it costs. */
export const serviceWords: Record<Name, { line: string | null; cost?: string }> = {
  serper: { line: "SERPER_API_KEY=…", cost: "each check counts as one query" },
  tavily: { line: "TAVILY_API_KEY=…", cost: "each check counts as one query" },
  brave: { line: "BRAVE_API_KEY=…", cost: "each check counts as one query" },
  exa: { line: "EXA_API_KEY=…", cost: "each check counts as one query" },
  searxng: { line: "SEARXNG_URL=http://127.0.0.1:8080" },
  kiwix: { line: "KIWIX_URL=http://127.0.0.1:8090" },
  wikipedia: { line: null },
  corpus: { line: "CORPUS_DIR=/path/to/documents" },
  "semantic-scholar": { line: null },
  crossref: { line: null },
  arxiv: { line: null },
  openalex: { line: "OPENALEX_API_KEY=…", cost: "each check counts as one search" },
  direct: { line: null },
  jina: { line: "JINA_API_KEY=…", cost: "each check reads one page" },
  firecrawl: { line: "FIRECRAWL_API_KEY=…", cost: "each check reads one page" },
};
