import type { FailureReason } from "#lib/domain/outcome.ts";
import type { SearchHit } from "#lib/domain/tool-details.ts";

export type SearchAnswer = { ok: true; hits: SearchHit[] } | { ok: false; reason: FailureReason; detail: string };

/** One place to search. `search` answers with at most ten hits, best first; an outage is an answer, not an exception. */
export interface SearchProvider {
  name: string;
  search(query: string, signal: AbortSignal): Promise<SearchAnswer>;
}
