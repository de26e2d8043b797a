export interface Ahead<Result> {
  /** Begins a request that a call being written will ask for. */
  begin(request: string, signal: AbortSignal): void;
  /** Begins requests that may be asked for, best guess first, as far as the bound on waste allows. */
  expect(requests: readonly string[], signal: AbortSignal): void;
  /**
   * The answer to a request, begun before or now. A guess that came to nothing is asked anew, so that it never costs an answer; what was
   * begun for this very call is not, because it is this call's request.
   */
  ask(request: string, signal: AbortSignal): Promise<Result>;
  /** A call begins. What it gives is called when it is over: then what was begun for calls that did not ask for it ends, unless one still runs beside it. */
  enter(): () => void;
}

export interface AheadOptions<Result> {
  ask(request: string, signal: AbortSignal): Promise<Result>;
  /** Whether what was guessed can be used. */
  isUsable(result: Result): boolean;
}

/** Guesses that nobody has asked for yet: three, and two for each that was. So at most two requests are wasted for each that helped. */
const firstGuesses = 3;
const guessesPerUse = 2;
/** A call may name no more than this, and nothing is held for longer than it helps: the oldest guesses go. */
const mostBegun = 20;
const mostGuesses = 48;

interface Begun<Result> {
  coming: Promise<Result>;
  guessed: boolean;
  end: AbortController;
}

/**
 * Requests begun before their call is: as soon as an argument is whole in the model's text, or on the guess that a search's first hits will
 * be visited. Whoever asks gets what a request made then would have given: outcome and log are the same with and without.
 */
export function ahead<Result>({ ask, isUsable }: AheadOptions<Result>): Ahead<Result> {
  const begun = new Map<string, Begun<Result>>();
  let used = 0;
  /** Guesses that nobody asked for, those that were dropped included. */
  let unused = 0;
  let calls = 0;

  const count = (guessed: boolean) => [...begun.values()].filter((each) => each.guessed === guessed).length;
  function start(request: string, guessed: boolean, signal: AbortSignal): void {
    const end = new AbortController();
    const coming = ask(request, AbortSignal.any([signal, end.signal]));
    coming.catch(() => {}); // nobody may ever ask for it
    begun.set(request, { coming, guessed, end });
  }
  function drop(request: string): void {
    begun.get(request)?.end.abort(new Error("It is not asked for"));
    begun.delete(request);
  }
  return {
    begin(request, signal) {
      if (begun.has(request) || signal.aborted || count(false) >= mostBegun) return;
      start(request, false, signal);
    },
    expect(requests, signal) {
      for (const request of requests) {
        if (signal.aborted || unused >= Math.max(firstGuesses, guessesPerUse * used)) return;
        if (begun.has(request)) continue;
        const oldest = count(true) >= mostGuesses ? [...begun].find(([, each]) => each.guessed) : undefined;
        if (oldest) drop(oldest[0]);
        unused++;
        start(request, true, signal);
      }
    },
    async ask(request, signal) {
      const before = begun.get(request);
      begun.delete(request);
      if (!before) return await ask(request, signal);
      if (before.guessed) {
        used++;
        unused--;
      }
      const result = await until(before.coming, signal);
      return result !== undefined && (!before.guessed || isUsable(result)) ? result : await ask(request, signal);
    },
    enter() {
      calls++;
      return () => {
        if (--calls === 0) for (const [request, { guessed }] of begun) if (!guessed) drop(request);
      };
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
