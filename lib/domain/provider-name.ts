/** What people call the providers. One that this version does not know is called as it is written. */
const properNames: Record<string, string> = {
  serper: "Serper",
  brave: "Brave",
  tavily: "Tavily",
  exa: "Exa",
  searxng: "SearXNG",
  wikipedia: "Wikipedia",
  kiwix: "Kiwix",
  "semantic-scholar": "Semantic Scholar",
  crossref: "Crossref",
  arxiv: "arXiv",
  openalex: "OpenAlex",
  jina: "Jina",
  firecrawl: "Firecrawl",
  sandboxfusion: "SandboxFusion",
  bubblewrap: "bubblewrap",
  pyodide: "Pyodide",
};

/** Names that are no proper ones: small within a sentence. */
const commonNames: Record<string, string> = {
  corpus: "your documents",
  direct: "direct fetch",
  recording: "the recording",
};

/** The name of a provider, or of several (`corpus + kiwix`), within a sentence. */
export const providerInSentence = (provider: string): string =>
  provider
    .split(" + ")
    .map((each) => properNames[each] ?? commonNames[each] ?? each)
    .join(" and ");

/** The same where it stands alone. */
export function providerName(provider: string): string {
  const name = providerInSentence(provider);
  return commonNames[provider.split(" + ")[0] ?? ""] ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : name;
}
