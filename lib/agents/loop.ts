import type { Event, ForcedBy } from "#lib/domain/event.ts";
import type { Transcript } from "#lib/domain/transcript.ts";
import { act } from "./act.ts";
import type { AgentRun } from "./agent-run.ts";
import { nextMove } from "./next-move.ts";
import { think } from "./think.ts";

export interface Answer {
  text: string | null;
  forced: ForcedBy | null;
}

/** One lane from wherever its log stands to its answer: a first run and a resume are the same call. `view` is the only difference between agents. */
export async function loop(run: AgentRun, view: (events: Iterable<Event>, lane: string) => Transcript): Promise<Answer> {
  for (;;) {
    run.signal.throwIfAborted();
    const seen = view(run.events, run.lane);
    const move = nextMove(seen, run.budget(seen));
    switch (move.kind) {
      case "think":
        await think(run, seen, move.forced);
        break;
      case "act":
        await act(run, move.call);
        break;
      case "finish":
        return { text: move.answer, forced: move.forced };
      default:
        move satisfies never;
    }
  }
}
