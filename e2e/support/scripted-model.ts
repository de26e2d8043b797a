import type { ChatMessage } from "#lib/domain/transcript.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { Model, ModelDelta } from "#lib/model/model.ts";

export interface ScriptedModel extends Model {
  /** The prompts it was asked with, in order. */
  prompts: ChatMessage[][];
  /** Throws when a turn of the script was not asked for. */
  checkConsumed(): void;
}

/** A turn of the script: the text the model says, or deltas as they are to arrive, or what happens when it is asked. */
export type Turn = string | ModelDelta[] | ((messages: ChatMessage[], signal: AbortSignal) => AsyncIterable<ModelDelta>);

/**
 * A model that says its lines, in the Tongyi dialect. A call that the script does not hold fails the test, and so does a turn that nobody
 * asked for. `turnOf` tells which turn a prompt is for; by default the number of assistant messages in it, so that a resumed run goes on
 * where it stopped.
 */
export function scriptedModel(turns: Turn[], window: number | null = null): ScriptedModel {
  const prompts: ChatMessage[][] = [];
  const used = new Set<number>();
  return {
    card: { dialect: "tongyi", name: "scripted", window },
    dialect: tongyi,
    prompts,
    source: {
      async *complete({ messages }, signal) {
        const index = messages.filter((message) => message.role === "assistant").length;
        const turn = turns[index];
        if (turn === undefined) throw new Error(`The script has ${turns.length} turns; turn ${index + 1} was asked for`);
        prompts.push(structuredClone(messages));
        used.add(index);
        if (typeof turn === "function") yield* turn(messages, signal);
        else if (typeof turn === "string") yield* spoken(turn);
        else yield* turn;
      },
    },
    checkConsumed() {
      if (used.size < turns.length) throw new Error(`The script has ${turns.length} turns; ${used.size} were asked for`);
    },
  };
}

function* spoken(text: string): Generator<ModelDelta> {
  for (let start = 0; start < text.length; start += 7) yield { kind: "text", text: text.slice(start, start + 7) };
  yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
}
