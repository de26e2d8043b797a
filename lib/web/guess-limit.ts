/** Wrong tokens from one address within a minute before it has to wait: far more than anybody mistypes, far fewer than a search needs. */
const mostMisses = 30;
const minuteMs = 60_000;
/** Addresses kept in mind. Beyond, the one that missed longest ago is forgotten. */
const mostAddresses = 10_000;

export interface GuessLimit {
  /** Seconds an address has to wait; 0 when it may try. */
  waitOf(address: string): number;
  missed(address: string): void;
}

/**
 * Holds off whoever tries tokens. What protects a link is that its token has 256 bits; this keeps the trying from being work. Only misses count, so
 * no number of readers of one link is ever held off.
 */
export function openGuessLimit(now: () => number = Date.now): GuessLimit {
  const misses = new Map<string, { since: number; count: number }>();
  return {
    waitOf(address) {
      const known = misses.get(address);
      const left = known ? known.since + minuteMs - now() : 0;
      return known && left > 0 && known.count >= mostMisses ? Math.ceil(left / 1000) : 0;
    },
    missed(address) {
      const known = misses.get(address);
      misses.delete(address);
      const goesOn = known && known.since + minuteMs > now();
      misses.set(address, goesOn ? { since: known.since, count: known.count + 1 } : { since: now(), count: 1 });
      const [oldest] = misses.keys();
      if (misses.size > mostAddresses && oldest !== undefined) misses.delete(oldest);
    },
  };
}

const held = globalThis as { dossierGuesses?: GuessLimit };
held.dossierGuesses ??= openGuessLimit();

/** The one of the process: Next may bundle each route apart. */
export const guesses: GuessLimit = held.dossierGuesses;

/** Where a request comes from, as far as it can be known: the last one that passed it on says from whom it had it. */
export const addressOf = (request: Request): string => request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
