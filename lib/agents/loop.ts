import type { ForcedBy } from "#lib/domain/event.ts";
import type { Transcript, TranscriptFold } from "#lib/domain/transcript.ts";
import { act } from "./act.ts";
import type { AgentRun } from "./agent-run.ts";
import { compact } from "./compact.ts";
import { nextMove } from "./next-move.ts";
import { think } from "./think.ts";

export interface Answer {
  text: string | null;
  forced: ForcedBy | null;
  /** Why the lanes of a Heavy run were not brought together: then `text` holds what each of them came to. */
  unsynthesized?: string;
  /** Why there is no text, where it is known better than that the model gave none. */
  why?: string;
}

/** One lane from wherever its log stands to its answer: a first run and a resume are the same call. `view` is the only difference between agents. */
export async function loop(run: AgentRun, view: (lane: string) => TranscriptFold): Promise<Answer> {
  const fold = view(run.lane);
  let folded = 0;
  for (;;) {
    run.signal.throwIfAborted();
    for (const event of run.events.slice(folded)) fold.take(event);
    folded = run.events.length;
    const seen = fold.transcript;
    const move = nextMove(seen, await run.budget(seen), run.whenFull);
    switch (move.kind) {
      case "think":
        if (deliver(run, seen)) break; // what it is to read comes first: it is folded like everything else
        await think(run, seen, move.forced);
        break;
      case "compact":
        await compact(run, seen);
        break;
      case "act":
        await allOf(move.calls.map((call) => act(run, call)));
        break;
      case "finish":
        return { text: move.answer, forced: move.forced };
      default:
        move satisfies never;
    }
  }
}

/** Puts what the reader added since into the conversation, before the next thought. Whether there was any. */
function deliver(run: AgentRun, { reader, steps }: Transcript): boolean {
  for (const { messageId } of reader.waiting) void run.append({ type: "message-delivered", lane: run.lane, step: steps + 1, messageId });
  return reader.waiting.length > 0;
}

/** Waits for all of them, then tells what the first that failed failed with: none goes on writing to the log of a run that is over. */
async function allOf(calls: Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(calls)).find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}
