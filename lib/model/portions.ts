/** With so few streams each packet is handed on as it comes: the end of a step is not kept waiting. */
const fewStreams = 8;
/** With many, what is handed on more often than it is written to the log costs and brings nothing. */
const pausePerStreamMs = 2;
const longestPauseMs = 100;
/** So many are handed on as they come: vLLM holds back as many characters as the longest stop string has, so the first text is not in the first packet. */
const firstPortions = 12;
/** So much does not wait. */
const largeBytes = 16_384;

/** What arrives of one answer, to be taken in portions. Leaving the iteration early calls `onLeave`. */
export interface Portions extends AsyncIterable<Uint8Array> {
  push(part: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

let streams = 0;

/**
 * The body of a streamed answer. A model's stream is a packet a token, and handing each on by itself costs more than all that is done with it:
 * where many streams run, what came between two ticks is taken together.
 */
export function portions(onLeave: () => void): Portions {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let outcome: { kind: "open" } | { kind: "ended" } | { kind: "failed"; error: Error } = { kind: "open" };
  let wake: (() => void) | null = null;
  let taken = 0;
  const rouse = () => {
    wake?.();
    wake = null;
  };
  return {
    push(part) {
      waiting.push(part);
      bytes += part.length;
      if (!wake) return;
      if (streams <= fewStreams || taken < firstPortions || bytes >= largeBytes) rouse();
      else if (waiting.length === 1) atTick(rouse);
    },
    end() {
      outcome = { kind: "ended" };
      rouse();
    },
    fail(error) {
      outcome = { kind: "failed", error };
      rouse();
    },
    async *[Symbol.asyncIterator]() {
      streams++;
      try {
        for (;;) {
          if (waiting.length === 0 && outcome.kind === "open")
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          const [first, ...more] = waiting;
          waiting = [];
          bytes = 0;
          taken++;
          if (first) yield more.length > 0 ? Buffer.concat([first, ...more]) : first;
          else if (outcome.kind === "failed") throw outcome.error;
          else if (outcome.kind === "ended") return;
        }
      } finally {
        streams--;
        if (outcome.kind === "open") onLeave();
      }
    },
  };
}

const resting = new Set<() => void>();

/** All streams share the ticks, so that what they bring is written together. */
function atTick(rouse: () => void): void {
  if (resting.size === 0) setTimeout(tick, Math.min(streams * pausePerStreamMs, longestPauseMs));
  resting.add(rouse);
}

function tick(): void {
  const all = [...resting];
  resting.clear();
  for (const rouse of all) rouse();
}
