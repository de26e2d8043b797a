import { z } from "zod";
import type { SearchDetails, SearchHit } from "#lib/domain/tool-details.ts";
import { failureWords } from "./failure-words.ts";
import { askInTurn } from "./policies/with-fallback.ts";
import type { SearchProvider } from "./providers/search-provider.ts";
import type { Tool, ToolReturn } from "./tool.ts";

type QueryResult = SearchDetails["queries"][number];

const maxQueries = 10;
const maxHits = 10;

/** A string or an array of strings: the model was trained on the array and sometimes writes the string. */
export const searchArguments = z
  .object({ query: z.union([z.string().transform((query) => [query]), z.array(z.string())]) })
  .transform(({ query }) => ({
    queries: query
      .map((each) => each.trim())
      .filter(Boolean)
      .slice(0, maxQueries),
  }))
  .refine(({ queries }) => queries.length > 0, { error: "query must name at least one search query", path: ["query"] });

/**
 * The `search` tool. `groups` are asked side by side and their hits interleaved; within a group a provider is asked only when the ones
 * before it failed or found nothing. All queries of a call run side by side; one that fails does not fail the others.
 */
export function searchTool(groups: SearchProvider[][]): Tool<z.infer<typeof searchArguments>> {
  return {
    name: "search",
    description: "Performs batched web searches: give an array `query`; the tool returns the top 10 results for each query in one call.",
    parameters: {
      type: "object",
      properties: {
        query: {
          type: "array",
          items: { type: "string", description: "The search query." },
          minItems: 1,
          description: "The list of search queries.",
        },
      },
      required: ["query"],
    },
    schema: searchArguments,
    async run({ queries }, { signal }): Promise<ToolReturn> {
      const results = await Promise.all(queries.map((query) => searchOne(groups, query, signal)));
      const text = results.map(observationOf).join("\n=======\n");
      const worked = results.some((result) => result.hits.length > 0);
      const reason = results.find((result) => result.failure)?.failure ?? "no-results";
      return {
        outcome: worked ? { kind: "ok", text } : { kind: "failed", reason, text },
        details: { kind: "search", queries: results },
        provider: results.find((result) => result.provider)?.provider ?? null,
        attempts: results.flatMap((result) => result.attempts),
        cacheHit: false,
        sources: [],
      };
    },
  };
}

async function searchOne(groups: SearchProvider[][], query: string, signal: AbortSignal): Promise<QueryResult> {
  const answers = await Promise.all(groups.map((chain) => askInTurn(chain, query, signal)));
  const hits = interleave(answers.map((answer) => answer.hits)).slice(0, maxHits);
  const used = answers.filter((answer) => answer.hits.length > 0).map((answer) => answer.provider);
  const attempts = answers.flatMap((answer) => answer.attempts);
  const failure = hits.length > 0 ? undefined : (attempts.find((attempt) => attempt.reason !== "no-results")?.reason ?? "no-results");
  return { query, provider: used.length > 0 ? used.join(" + ") : null, hits, attempts, ...(failure && { failure }) };
}

function interleave(lists: SearchHit[][]): SearchHit[] {
  const seen = new Set<string>();
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const inTurn = Array.from({ length: longest }, (_, rank) => lists.flatMap((list) => list[rank] ?? [])).flat();
  return inTurn.filter((hit) => !seen.has(hit.url) && seen.add(hit.url));
}

/** Upstream's layout, which the model was trained on; what failed is said as it is. */
function observationOf(result: QueryResult): string {
  if (result.failure === "no-results") return `No results found for '${result.query}'. Try with a more general query.`;
  if (result.failure)
    return `The search for '${result.query}' failed: ${failureWords[result.failure]}. Try another query, or go on with what is known.`;
  const items = result.hits.map((hit, index) => {
    const date = hit.date ? `\nDate published: ${hit.date}` : "";
    return `${index + 1}. [${oneLine(hit.title)}](${hit.url})${date}\nSource: ${hit.site}\n\n${oneLine(hit.snippet)}`;
  });
  return `A Google search for '${result.query}' found ${result.hits.length} results:\n\n## Web Results\n${items.join("\n\n")}`;
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
