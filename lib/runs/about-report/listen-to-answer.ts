import type { CompletionRequest, Model, ModelFailure, Silence } from "#lib/model/model.ts";
import { repeats } from "#lib/std/repeats.ts";
import { answerIn } from "./answer-in.ts";

export interface Say {
  thought(text: string): void;
  text(text: string): void;
  /** Nothing has come for a while. */
  silent(silence: Silence): void;
}

/** How a completion ended. `text` is the answer as far as it came. */
export type Heard = { kind: "answered"; text: string } | { kind: "cut-off"; text: string; failure: ModelFailure | null };

/** One completion, heard to its end: thought and answer are told as they arrive. When `signal` aborts, the socket is closed and what came is kept. */
export async function listenToAnswer(model: Model, request: CompletionRequest, say: Say, signal: AbortSignal): Promise<Heard> {
  const reader = model.dialect.listen();
  let text = "";
  const cutOff = (failure: ModelFailure | null): Heard => ({ kind: "cut-off", text: text.trim(), failure });
  try {
    for await (const delta of model.source.complete(request, signal, say.silent)) {
      switch (delta.kind) {
        case "failed":
          return cutOff(delta.failure);
        case "ended": {
          const answer = answerIn(reader.end(delta.finishReason));
          return delta.finishReason === "stop" || answer === ""
            ? { kind: "answered", text: answer }
            : { kind: "cut-off", text: answer, failure: null };
        }
        case "text":
        case "reasoning":
        case "call":
          for (const part of reader.push(delta)) {
            if (part.channel === "thought") say.thought(part.text);
            else say.text(part.text);
            if (part.channel !== "thought") text += part.text;
          }
          // Leaving the iteration closes the socket: a model in a loop must not write it out to its token limit.
          if (repeats(text.slice(-repeats.window))) return cutOff({ reason: "nonsense", detail: "The model went in circles" });
          break;
        default:
          delta satisfies never;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return cutOff(null);
}
