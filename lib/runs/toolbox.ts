import type { Sql } from "postgres";
import type { Env } from "#lib/env.ts";
import { searchOrder } from "#lib/env.ts";
import type { CompletionSource } from "#lib/model/model.ts";
import { extractByQuoting } from "#lib/model/quoting/extract.ts";
import { type Extract, extractWith } from "#lib/tools/extract.ts";
import { corpusPages, corpusSearch } from "#lib/tools/providers/corpus.ts";
import type { PageProvider } from "#lib/tools/providers/page-provider.ts";
import type { SearchProvider } from "#lib/tools/providers/search-provider.ts";
import { searxng } from "#lib/tools/providers/searxng.ts";
import { directPages } from "#lib/tools/providers/web-page.ts";
import { wikipedia } from "#lib/tools/providers/wikipedia.ts";
import { searchTool } from "#lib/tools/search.ts";
import type { Tool } from "#lib/tools/tool.ts";
import { visitTool } from "#lib/tools/visit.ts";

const quote: Extract = async (page, goal) => ({ ok: true, extraction: extractByQuoting(page, goal) });

/**
 * The tools of a run, wired by the settings; `summaryModel` extracts from pages, and where there is none sentences are quoted. The corpus is asked beside the web, because a team's own documents are not a
 * fallback for it; among the web's providers one is asked when the ones before it failed. Pages of the corpus are read from the database.
 */
export function toolbox(env: Env, sql: Sql, summaryModel: CompletionSource | null): Tool[] {
  const extract = summaryModel ? extractWith(summaryModel) : quote;
  const pages: PageProvider[] = [
    ...(env.CORPUS_DIR ? [corpusPages(sql)] : []),
    ...(usesWeb(env) ? [directPages({ allowHosts: env.FETCH_ALLOW_HOSTS })] : []),
  ];
  return [searchTool(searchGroups(env, sql)), visitTool({ pages, extract, fallback: quote })] as Tool[];
}

function searchGroups(env: Env, sql: Sql): SearchProvider[][] {
  const order = searchOrder(env);
  const web = order.flatMap((name): SearchProvider[] => {
    if (name === "wikipedia") return [wikipedia({ baseUrl: env.WIKIPEDIA_URL })];
    return name === "searxng" && env.SEARXNG_URL ? [searxng(env.SEARXNG_URL)] : [];
  });
  const own = order.includes("corpus") ? [[corpusSearch(sql)]] : [];
  return [...own, ...(web.length > 0 ? [web] : [])];
}

/** With the corpus as the only place to search, nothing leaves the machine: pages are not fetched either. */
const usesWeb = (env: Env) => searchOrder(env).some((name) => name !== "corpus");
