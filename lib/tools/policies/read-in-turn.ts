import type { Attempt } from "#lib/domain/tool-details.ts";
import type { PageAnswer, PageProvider } from "#lib/tools/providers/page-provider.ts";

export interface ReadAnswer {
  answer: PageAnswer;
  provider: string | null;
  attempts: Attempt[];
}

/**
 * Reads an address with the first provider that can. One that is not responsible for it answers null and is not an attempt. `signal`
 * holds the call's deadline, `stopped` only the run's: when the deadline passed, the page failed; when the run was stopped, this throws.
 */
export async function readInTurn(providers: PageProvider[], url: string, signal: AbortSignal, stopped: AbortSignal): Promise<ReadAnswer> {
  const attempts: Attempt[] = [];
  let failed: PageAnswer = { ok: false, reason: "unsupported-type", detail: "No reader is set up for this address" };
  for (const provider of providers) {
    const began = performance.now();
    const answer = await readOne(provider, url, signal, stopped);
    if (answer === null) continue;
    const durationMs = Math.round(performance.now() - began);
    if (answer.ok) {
      attempts.push({ provider: provider.name, ok: true, durationMs });
      return { answer, provider: provider.name, attempts };
    }
    attempts.push({ provider: provider.name, ok: false, reason: answer.reason, detail: answer.detail, durationMs });
    failed = answer;
  }
  return { answer: failed, provider: attempts.at(-1)?.provider ?? null, attempts };
}

async function readOne(provider: PageProvider, url: string, signal: AbortSignal, stopped: AbortSignal): Promise<PageAnswer | null> {
  try {
    return await provider.read(url, signal);
  } catch (error) {
    stopped.throwIfAborted();
    if (signal.aborted) return { ok: false, reason: "timed-out", detail: "the time for this call is used up" };
    throw error;
  }
}
