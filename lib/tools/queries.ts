import { z } from "zod";
import type { FailureReason } from "#lib/domain/outcome.ts";
import type { Attempt } from "#lib/domain/tool-details.ts";
import { failureWords } from "./failure-words.ts";

/** What the tools that search have in common: their argument, and how it is said that nothing came. */
const maxQueries = 10;

/** A string or an array of strings: the model was trained on the array and sometimes writes the string. */
export const queryArguments = z
  .object({ query: z.union([z.string().transform((query) => [query]), z.array(z.string())]) })
  .transform(({ query }) => ({
    queries: query
      .map((each) => each.trim())
      .filter(Boolean)
      .slice(0, maxQueries),
  }))
  .refine(({ queries }) => queries.length > 0, { error: "query must name at least one search query", path: ["query"] });

/** The same as the model reads it. */
export const queryParameters = (description: string) => ({
  type: "object",
  properties: {
    query: { type: "array", items: { type: "string", description: "The search query." }, minItems: 1, description },
  },
  required: ["query"],
});

/** A provider that found nothing has not answered: the next one is asked. */
export const lackingItems = (items: readonly unknown[]) =>
  items.length > 0 ? null : ({ ok: false, reason: "no-results", detail: "" } as const);

/** Why a query got nothing: the first failure there was, or that there is nothing. */
export const failureOf = (attempts: readonly Attempt[]): FailureReason =>
  attempts.find((attempt) => !attempt.ok && attempt.reason !== "no-results")?.reason ?? "no-results";

/** Whether everything that answered came from the cache. */
export function isStored(attempts: readonly Attempt[]): boolean {
  const answered = attempts.filter((attempt) => attempt.ok);
  return answered.length > 0 && answered.every((attempt) => attempt.cacheHit);
}

/** What the model reads of a query that got nothing: upstream's sentence, or what failed as it is. */
export const nothingCame = (query: string, failure: FailureReason): string =>
  failure === "no-results"
    ? `No results found for '${query}'. Try with a more general query.`
    : `The search for '${query}' failed: ${failureWords[failure]}. Try another query, or go on with what is known.`;

/** How the model was trained to see several answers apart. */
export const betweenAnswers = "\n=======\n";
