/** What people call the providers. One that this version does not know is called as it is written. */
const names: Record<string, string> = {
  serper: "Serper",
  brave: "Brave",
  tavily: "Tavily",
  exa: "Exa",
  searxng: "SearXNG",
  wikipedia: "Wikipedia",
  kiwix: "Offline Wikipedia",
  corpus: "Collection",
  "serper-scholar": "Serper Scholar",
  "semantic-scholar": "Semantic Scholar",
  crossref: "Crossref",
  arxiv: "arXiv",
  openalex: "OpenAlex",
  direct: "Direct fetch",
  jina: "Jina",
  firecrawl: "Firecrawl",
  sandboxfusion: "SandboxFusion",
  bubblewrap: "Local sandbox",
  pyodide: "Pyodide",
  recording: "Recording",
};

export function providerName(provider: string): string {
  return provider
    .split(" + ")
    .map((each) => names[each] ?? each)
    .join(" and ");
}
