import type { Attempt } from "#lib/domain/tool-details.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import type { Asked, Desk } from "./desk.ts";

/** What a chain of providers came to. `provider` is who answered, or who was asked last; null when none was responsible. */
export interface ChainAnswer<Value> {
  answer: Answer<Value>;
  provider: string | null;
  attempts: Attempt[];
  cacheHit: boolean;
}

interface ChainOptions<Value> {
  /** Why an answer that came is none: the next provider is asked. */
  lacking?(value: Value): Extract<Answer<Value>, { ok: false }> | null;
}

/**
 * Asks the providers of a chain in turn until one has an answer. One that is not responsible is not an attempt. Every attempt is kept, so
 * that the trace tells what was asked first and why it was not used. An address that may not be opened is handed to nobody else: what one
 * reader is kept from, the next one is not to fetch. Throws only when `signal` aborted.
 */
export async function askInTurn<Request, Value>(
  chain: readonly Desk<Request, Value>[],
  request: Request,
  signal: AbortSignal,
  options: ChainOptions<Value> = {},
): Promise<ChainAnswer<Value>> {
  const attempts: Attempt[] = [];
  let failed: Answer<Value> = { ok: false, reason: "unsupported-type", detail: "No provider is set up for this" };
  for (const desk of chain) {
    const began = performance.now();
    const { answer: came, ...took } = await desk.ask(request, signal);
    signal.throwIfAborted();
    const answer = came?.ok ? (options.lacking?.(came.value) ?? came) : came;
    if (answer === null) continue;
    attempts.push(attemptOf(desk.name, answer, took, Math.round(performance.now() - began)));
    if (answer.ok) return { answer, provider: desk.name, attempts, cacheHit: took.cacheHit };
    failed = answer;
    if (answer.reason === "blocked-address") break;
  }
  return { answer: failed, provider: attempts.at(-1)?.provider ?? null, attempts, cacheHit: false };
}

function attemptOf(provider: string, answer: Answer<unknown>, took: Omit<Asked<unknown>, "answer">, durationMs: number): Attempt {
  return {
    provider,
    ok: answer.ok,
    durationMs,
    ...(!answer.ok && { reason: answer.reason, ...(answer.detail && { detail: answer.detail }) }),
    ...(took.tries !== 1 && { tries: took.tries }),
    ...(took.waitedMs > 0 && { waitedMs: took.waitedMs }),
    ...(took.cacheHit && { cacheHit: true }),
  };
}
