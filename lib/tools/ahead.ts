export interface Ahead<Result> {
  /** Begins a request that will be asked for. */
  begin(request: string, signal: AbortSignal): void;
  /** Begins requests that may be asked for, best guess first, as far as the bound on waste allows. */
  expect(requests: readonly string[], signal: AbortSignal): void;
  /** The answer to a request, begun before or now. What was begun before and came to nothing is asked anew, so that a guess never costs an answer. */
  ask(request: string, signal: AbortSignal): Promise<Result>;
}

export interface AheadOptions<Result> {
  ask(request: string, signal: AbortSignal): Promise<Result>;
  /** Whether what was begun before can be used. */
  isUsable(result: Result): boolean;
}

/** Guesses that nobody has asked for yet: three, and two for each that was. So at most two requests are wasted for each that helped. */
const firstGuesses = 3;
const guessesPerUse = 2;
/** Answers held for somebody to ask for them; the oldest go. */
const mostHeld = 48;

/**
 * Requests begun before their call is: as soon as an argument is whole in the model's text, or on the guess that a search's first hits will
 * be visited. Whoever asks gets what a request made then would have given: outcome and log are the same with and without.
 */
export function ahead<Result>({ ask, isUsable }: AheadOptions<Result>): Ahead<Result> {
  const begun = new Map<string, Promise<Result>>();
  const guessed = new Set<string>();
  let used = 0;

  function begin(request: string, signal: AbortSignal): void {
    if (begun.has(request) || signal.aborted) return;
    const [oldest] = begun.keys();
    if (begun.size >= mostHeld && oldest !== undefined) begun.delete(oldest);
    const coming = ask(request, signal);
    coming.catch(() => {}); // nobody may ever ask for it
    begun.set(request, coming);
  }
  return {
    begin,
    expect(requests, signal) {
      for (const request of requests) {
        if (guessed.size >= Math.max(firstGuesses, guessesPerUse * used)) return;
        if (begun.has(request)) continue;
        guessed.add(request);
        begin(request, signal);
      }
    },
    async ask(request, signal) {
      const before = begun.get(request);
      begun.delete(request);
      if (guessed.delete(request)) used++;
      const result = before && (await until(before, signal));
      return result !== undefined && isUsable(result) ? result : await ask(request, signal);
    },
  };
}

/** Undefined when it failed, or when the signal was first: asking anew tells why. */
async function until<Result>(coming: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  if (signal.aborted) return undefined;
  const aborted = Promise.withResolvers<undefined>();
  const tell = () => aborted.resolve(undefined);
  signal.addEventListener("abort", tell);
  try {
    return await Promise.race([coming.catch(() => undefined), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", tell);
  }
}
