import type { Attempt, SearchHit } from "#lib/domain/tool-details.ts";
import type { SearchProvider } from "#lib/tools/providers/search-provider.ts";

/** Asks the providers of a chain in turn until one has hits. Every try is kept, so that the trace tells what was asked first and why it was not used. */
export async function askInTurn(
  chain: SearchProvider[],
  query: string,
  signal: AbortSignal,
): Promise<{ provider: string; hits: SearchHit[]; attempts: Attempt[] }> {
  const attempts: Attempt[] = [];
  for (const provider of chain) {
    const began = performance.now();
    const answer = await provider.search(query, signal);
    signal.throwIfAborted();
    const durationMs = Math.round(performance.now() - began);
    const found = answer.ok && answer.hits.length > 0;
    if (found) {
      attempts.push({ provider: provider.name, ok: true, durationMs });
      return { provider: provider.name, hits: answer.hits, attempts };
    }
    const why = answer.ok ? { reason: "no-results" as const } : { reason: answer.reason, detail: answer.detail };
    attempts.push({ provider: provider.name, ok: false, durationMs, ...why });
  }
  return { provider: chain.at(-1)?.name ?? "none", hits: [], attempts };
}
