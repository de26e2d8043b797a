import {
  type Env,
  neededBy,
  type ReadProviderName,
  readProviderNames,
  type ScholarProviderName,
  type SearchProviderName,
  scholarProviderNames,
  searchProviderNames,
} from "#lib/env.ts";

type Provider = SearchProviderName | ScholarProviderName | ReadProviderName;

/** The search providers in the order they are asked: as set, else all that are configured, and Wikipedia where no Kiwix stands for it. */
export function searchOrder(settings: Env): SearchProviderName[] {
  if (settings.SEARCH_PROVIDERS) return settings.SEARCH_PROVIDERS;
  return configured(searchProviderNames, settings).filter((name) => name !== "wikipedia" || !settings.KIWIX_URL);
}

/** Whether only what the operator has himself is searched. Nothing is then fetched from the web, unless READ_PROVIDERS says so. */
export const isOffline = (settings: Env) => searchOrder(settings).every((name) => name === "kiwix" || name === "corpus");

/** The indexes of scholarly works in the order they are asked; none when the research stays in the house. */
export function scholarOrder(settings: Env): ScholarProviderName[] {
  if (settings.SCHOLAR_PROVIDERS) return settings.SCHOLAR_PROVIDERS;
  return isOffline(settings) ? [] : configured(scholarProviderNames, settings);
}

/** The readers of pages in the order they are asked, after the corpus. A service is told which pages are read only where it has a key. */
export function readOrder(settings: Env): ReadProviderName[] {
  if (settings.READ_PROVIDERS) return settings.READ_PROVIDERS;
  const names = configured(readProviderNames, settings).filter((name) => name !== "jina" || settings.JINA_API_KEY);
  return isOffline(settings) ? names.filter((name) => name === "kiwix") : names;
}

const configured = <Name extends Provider>(names: readonly Name[], settings: Env) => names.filter((name) => isConfigured(name, settings));

/** Whether a provider has what it cannot be asked without. */
export function isConfigured(name: Provider, settings: Env): boolean {
  const needed = neededBy(name);
  return !needed || Boolean(settings[needed]);
}

/** What outside services are asked with, as plain values: the tools know no settings. */
export const serviceOptions = (settings: Env) => ({
  keys: {
    serper: settings.SERPER_API_KEY,
    tavily: settings.TAVILY_API_KEY,
    brave: settings.BRAVE_API_KEY,
    exa: settings.EXA_API_KEY,
    "semantic-scholar": settings.SEMANTIC_SCHOLAR_API_KEY,
    openalex: settings.OPENALEX_API_KEY,
    jina: settings.JINA_API_KEY,
    firecrawl: settings.FIRECRAWL_API_KEY,
  },
  urls: settings.PROVIDER_URLS,
  searxngUrl: settings.SEARXNG_URL,
  wikipediaUrl: settings.WIKIPEDIA_URL,
  kiwixUrl: settings.KIWIX_URL,
  contactEmail: settings.CONTACT_EMAIL,
});
