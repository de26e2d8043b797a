import type { Sql } from "postgres";
import { z } from "zod";
import { providerTurns } from "#db/queries/provider-turns.ts";
import { toolCache } from "#db/queries/tool-cache.ts";
import { type Paper, paperSchema, type SearchHit, searchHitSchema } from "#lib/domain/tool-details.ts";
import type { Env } from "#lib/env.ts";
import type { Desk } from "#lib/tools/policies/desk.ts";
import { type DeskOptions, openDesk } from "#lib/tools/policies/open-desk.ts";
import { corpusPages, corpusSearch } from "#lib/tools/providers/corpus.ts";
import { pageProvider } from "#lib/tools/providers/page-provider.ts";
import type { Provider } from "#lib/tools/providers/provider.ts";
import { scholarProvider } from "#lib/tools/providers/scholar-provider.ts";
import { searchProvider } from "#lib/tools/providers/search-provider.ts";
import { type PageRead, pageReadSchema } from "#lib/tools/tool.ts";
import { readOrder, scholarOrder, searchOrder, serviceOptions } from "./provider-orders.ts";

/** The providers of this process behind their policies. All runs of the process share them, since a limit or an outage is the service's. */
export interface Desks {
  /** Asked side by side; within a group in turn. */
  search: Desk<string, SearchHit[]>[][];
  scholar: Desk<string, Paper[]>[];
  pages: Desk<string, PageRead>[];
}

/** Raised when what is kept is to be read anew: another reader, another shape. */
const cacheVersion = 1;
const hourMs = 3_600_000;

/**
 * Opens the providers that the settings name. The corpus is asked beside the web, because a team's own documents are not a fallback for
 * it; among the others one is asked when the ones before it failed. Pages of the corpus are read from the database.
 */
export function openDesks(env: Env, sql: Sql): Desks {
  const services = serviceOptions(env);
  // Another address of a service is another service, and a host that is not open any more is not read from the cache either.
  const { keys: _, contactEmail: __, ...where } = services;
  const open = opener(sql, JSON.stringify([where, env.FETCH_ALLOW_HOSTS]));
  const search = { tool: "search", hours: env.SEARCH_CACHE_HOURS, keyOf: queryKey };
  const outside = searchOrder(env)
    .filter((name) => name !== "corpus")
    .flatMap((name) => searchProvider(name, { ...services, sql }) ?? []);
  const own = searchOrder(env).includes("corpus") ? [openDesk(corpusSearch(sql))] : [];
  const groups = [
    own,
    outside.map((provider) => open<SearchHit[]>(provider, { ...search, form: z.array(searchHitSchema), keeps: isNotEmpty })),
  ];
  const pages = readOrder(env).flatMap((name) => pageProvider(name, { ...services, ownHosts: env.FETCH_ALLOW_HOSTS }) ?? []);
  return {
    search: groups.filter((group) => group.length > 0),
    scholar: scholarOrder(env)
      .flatMap((name) => scholarProvider(name, services) ?? [])
      .map((provider) => open<Paper[]>(provider, { ...search, tool: "scholar", form: z.array(paperSchema), keeps: isNotEmpty })),
    pages: [
      ...(env.CORPUS_DIR ? [openDesk(corpusPages(sql))] : []),
      ...pages.map((provider) =>
        open(provider, {
          tool: "page",
          hours: env.PAGE_CACHE_HOURS,
          keyOf: pageKey,
          form: pageReadSchema,
          keeps: ({ text }) => text.trim() !== "",
          // A site that hangs or is away is not waited for twice: the next reader may get through.
          retry: { tries: 2, mends: ["server-error", "rate-limited"] },
        }),
      ),
    ],
  };
}

interface Kept<Value> {
  tool: string;
  /** How long answers are kept; 0: not at all. */
  hours: number;
  keyOf(request: string): string;
  form: z.ZodType<Value>;
  keeps(value: Value): boolean;
  retry?: DeskOptions<string, Value>["retry"];
}

/** Opens desks that count their turns and keep their answers in the database. */
function opener(sql: Sql, scope: string) {
  const turns = providerTurns(sql);
  const store = toolCache(sql);
  return <Value>(provider: Provider<string, Value>, { hours, keyOf, retry = { tries: 3 }, ...kept }: Kept<Value>): Desk<string, Value> => {
    const cache = hours > 0 ? { ...kept, store, version: cacheVersion, scope, lifetimeMs: hours * hourMs } : undefined;
    return openDesk(provider, { turns, breaker: {}, retry, keyOf, cache });
  };
}

const isNotEmpty = (list: readonly unknown[]) => list.length > 0;

/** Queries that differ in nothing a search engine looks at are one; to some, OR is another word than or. */
const queryKey = (query: string) => query.normalize("NFKC").replace(/\s+/g, " ").trim();

/** A fragment names a place in the page, not another page. */
const pageKey = (url: string) => (URL.parse(url)?.href ?? url).replace(/#.*$/s, "");
