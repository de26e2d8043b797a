import type { IncomingMessage } from "node:http";

/** With so few streams each is read as it comes: the end of a step is not kept waiting. */
const fewStreams = 8;
/** With many, what is read more often than it is written to the log costs and brings nothing. */
const pausePerStreamMs = 2;
const longestPauseMs = 100;
/** A portion this large comes from a stream that is not waited for: it is read on at once. */
const largeBytes = 4_096;

/** So many are taken as they come: vLLM holds back as many characters as the longest stop string has, so the first text is not in the first packet. */
const firstPortions = 12;

let streams = 0;

/**
 * The body of a streamed answer in portions. A model's stream is a packet a token, and reading each by itself costs more than all that is
 * done with it: where many streams run, each is paused between two reads, and what came meanwhile is taken together. The first ones are
 * taken as they come.
 */
export async function* portionsOf(answer: IncomingMessage): AsyncGenerator<Uint8Array> {
  let waiting: Buffer[] = [];
  let ended = false;
  let failure: Error | null = null;
  let wake = () => {};
  answer.on("data", (part: Buffer) => {
    waiting.push(part);
    wake();
  });
  answer.on("end", () => {
    ended = true;
    wake();
  });
  answer.on("error", (error) => {
    failure = error;
    wake();
  });
  answer.on("close", () => {
    if (!ended) failure ??= Object.assign(new Error("The connection was closed"), { code: "ECONNRESET" });
    wake();
  });
  streams++;
  try {
    for (let taken = 0; ; taken++) {
      if (waiting.length === 0 && !ended && !failure)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const portion = waiting.length === 1 ? waiting[0] : Buffer.concat(waiting);
      waiting = [];
      if (portion && portion.length > 0) yield portion;
      if (failure) throw failure;
      if (ended && waiting.length === 0) return;
      if (streams > fewStreams && taken > firstPortions && portion && portion.length < largeBytes) await untilTick(answer);
    }
  } finally {
    streams--;
    // A whole answer leaves its connection to the next request; of a broken one the server has to hear.
    if (answer.complete) answer.resume();
    else answer.destroy();
  }
}

const resting = new Set<() => void>();

/** Nothing is read until the next tick. All streams share the ticks, so that what they bring is written together. */
function untilTick(answer: IncomingMessage): Promise<void> {
  answer.pause();
  if (resting.size === 0) setTimeout(tick, Math.min(streams * pausePerStreamMs, longestPauseMs));
  return new Promise((resolve) => {
    resting.add(() => {
      answer.resume();
      resolve();
    });
  });
}

function tick(): void {
  const all = [...resting];
  resting.clear();
  for (const resume of all) resume();
}
