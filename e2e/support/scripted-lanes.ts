import type { ChatMessage } from "#lib/domain/transcript.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { Model, ModelDelta } from "#lib/model/model.ts";

/** What a lane does in one round, or what happens when it is asked. Null: the turn has no report. */
export type Round =
  | { report?: string | null; call: { name: string; arguments: Record<string, unknown> } }
  | { report?: string | null; answer: string }
  | ((messages: ChatMessage[], signal: AbortSignal) => AsyncIterable<ModelDelta>);

export interface ScriptedLanes extends Model {
  /** The prompts, by who was asked with them: the number of a lane, 0 for the synthesis. */
  prompts: Map<number, ChatMessage[][]>;
}

/**
 * A model that says its lines as the lanes of a Heavy run: lane n the n-th list, and `synthesis` where no lane asks. The round is read off the
 * prompt alone, so that a resumed lane goes on where its log stands: every scripted report begins with the number of its round.
 */
export function scriptedLanes(lanes: Round[][], synthesis: string | Round): ScriptedLanes {
  const prompts = new Map<number, ChatMessage[][]>();
  return {
    card: { dialect: "tongyi", name: "scripted", window: null },
    dialect: tongyi,
    prompts,
    source: {
      async *complete({ messages, sample = 0 }, signal) {
        prompts.set(sample, [...(prompts.get(sample) ?? []), structuredClone(messages)]);
        if (sample === 0) return yield* say(synthesis, 0, messages, signal);
        const done = Number(/<report>\nRound (\d+)/.exec(messages[1]?.content ?? "")?.[1] ?? 0);
        const round = lanes[sample - 1]?.[done];
        if (!round) throw new Error(`Lane ${sample} has no round ${done + 1}`);
        yield* say(round, done + 1, messages, signal);
      },
    },
  };
}

async function* say(round: string | Round, number: number, messages: ChatMessage[], signal: AbortSignal): AsyncGenerator<ModelDelta> {
  if (typeof round === "function") return yield* round(messages, signal);
  const text = typeof round === "string" ? round : turnOf(round, number);
  for (let start = 0; start < text.length; start += 11) yield { kind: "text", text: text.slice(start, start + 11) };
  yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
}

/** The text of a round, as a model of this family writes it. */
function turnOf(round: Exclude<Round, (...given: never[]) => unknown>, number: number): string {
  const report = round.report === null ? "" : `<report>\nRound ${number}. ${round.report ?? ""}\n</report>\n`;
  const move = "answer" in round ? `<answer>\n${round.answer}\n</answer>` : `<tool_call>\n${JSON.stringify(round.call)}\n</tool_call>`;
  return `<think>\nThought of round ${number}.\n</think>\n${report}${move}`;
}
