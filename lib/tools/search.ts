import type { z } from "zod";
import type { SearchDetails, SearchHit } from "#lib/domain/tool-details.ts";
import { oneLine } from "#lib/std/one-line.ts";
import type { Ahead } from "./ahead.ts";
import { instructionsIn } from "./instructions-in.ts";
import { askInTurn, type ChainAnswer } from "./policies/ask-in-turn.ts";
import type { Desk } from "./policies/desk.ts";
import { betweenAnswers, failureOf, isStored, lackingItems, nothingCame, queryArguments, queryParameters } from "./queries.ts";
import type { Tool, ToolReturn } from "./tool.ts";

type QueryResult = SearchDetails["queries"][number];

const maxHits = 10;

/** What the provider groups said to one query: each group's hits, and how they came about. */
export type QueryAnswers = ChainAnswer<SearchHit[]>[];

/**
 * Asks `groups` side by side; within a group a provider is asked only when the ones before it failed or found nothing.
 */
export const askGroups =
  (groups: readonly (readonly Desk<string, SearchHit[]>[])[]) =>
  (query: string, signal: AbortSignal): Promise<QueryAnswers> =>
    Promise.all(groups.map((chain) => askInTurn<string, SearchHit[]>(chain, query, signal, { lacking: lackingItems })));

/** Whether answers to a query that were asked for ahead can be used: somebody found something. */
export const hasHits = (answers: QueryAnswers): boolean => answers.some(({ answer }) => answer.ok);

/**
 * The `search` tool. All queries of a call run side by side; one that fails does not fail the others. The hits of the groups are
 * interleaved. `onHits` is told the addresses, best first, as soon as they are known.
 */
export function searchTool(options: {
  queries: Pick<Ahead<QueryAnswers>, "begin" | "ask" | "enter">;
  onHits?(urls: string[], signal: AbortSignal): void;
}): Tool<z.infer<typeof queryArguments>> {
  return {
    name: "search",
    description: "Performs batched web searches: give an array `query`; the tool returns the top 10 results for each query in one call.",
    parameters: queryParameters("The list of search queries."),
    schema: queryArguments,
    foresee(argument, value, { signal }) {
      if (argument === "query" && value.trim()) options.queries.begin(value.trim(), signal);
    },
    async run({ queries }, { signal }): Promise<ToolReturn> {
      const leave = options.queries.enter();
      const results = await Promise.all(queries.map(async (query) => resultOf(query, await options.queries.ask(query, signal))));
      leave();
      const hits = interleave(results.map((result) => result.hits));
      options.onHits?.(
        hits.map((hit) => hit.url),
        signal,
      );
      const text = results.map(observationOf).join(betweenAnswers);
      const reason = results.find((result) => result.failure)?.failure ?? "no-results";
      return {
        outcome: hits.length > 0 ? { kind: "ok", text } : { kind: "failed", reason, text },
        details: { kind: "search", queries: results },
        provider: results.find((result) => result.provider)?.provider ?? null,
        attempts: results.flatMap((result) => result.attempts),
        cacheHit: results.every((result) => isStored(result.attempts)),
        sources: [],
        flags: hits.flatMap((hit) => instructionsIn(`${hit.title}\n${hit.snippet}`, hit.url)),
      };
    },
  };
}

function resultOf(query: string, answers: QueryAnswers): QueryResult {
  const found = answers.flatMap(({ answer, provider }) => (answer.ok ? [{ hits: answer.value, provider }] : []));
  const hits = interleave(found.map((each) => each.hits)).slice(0, maxHits);
  const attempts = answers.flatMap((answer) => answer.attempts);
  const provider = found.map((each) => each.provider).join(" + ") || null;
  return { query, provider, hits, attempts, ...(hits.length === 0 && { failure: failureOf(attempts) }) };
}

function interleave(lists: SearchHit[][]): SearchHit[] {
  const seen = new Set<string>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const inTurn = Array.from({ length: longest }, (_, rank) => lists.flatMap((list) => list[rank] ?? [])).flat();
  return inTurn.filter((hit) => !seen.has(hit.url) && seen.add(hit.url));
}

/** Upstream's layout, which the model was trained on; what failed is said as it is. */
function observationOf(result: QueryResult): string {
  if (result.failure) return nothingCame(result.query, result.failure);
  const items = result.hits.map((hit, index) => {
    const date = hit.date ? `\nDate published: ${hit.date}` : "";
    return `${index + 1}. [${oneLine(hit.title)}](${hit.url})${date}\nSource: ${hit.site}\n\n${oneLine(hit.snippet)}`;
  });
  return `A Google search for '${result.query}' found ${result.hits.length} results:\n\n## Web Results\n${items.join("\n\n")}`;
}
