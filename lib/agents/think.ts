import type { ForcedBy } from "#lib/domain/event.ts";
import type { ChatMessage, Transcript } from "#lib/domain/transcript.ts";
import type { ModelFailure } from "#lib/model/model.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel } from "./ask-model.ts";
import { fitMessages, fits } from "./fit-messages.ts";

/**
 * One thought: asks the model and ends the step. A prompt that the server refuses for its length becomes the forced one, and a forced one
 * that is still too long is cut to what fits; each at most once for a try, so that a refusal never loops.
 */
export async function think(run: AgentRun, view: Transcript, asked: ForcedBy | null): Promise<void> {
  const place = { lane: run.lane, step: view.steps + 1 };
  const { dialect, card } = run.model;
  let forced = asked;
  let leftOut = 0;
  let window = card.window;
  const request = (messages: ChatMessage[]) =>
    dialect.request(messages, { ...card, window }, { offered: run.tools, forbidden: forced !== null });
  const whole = () => promptOf(view, forced, dialect.forcedInstruction);

  function smaller(failure: ModelFailure) {
    const learned = failure.window !== undefined && failure.window !== window;
    window = failure.window ?? window;
    // Not the prompt was too long, but what was asked for on top of it, because the window was not known.
    if (learned && fits(whole(), window)) return request(whole());
    if (forced === null) {
      forced = "tokens";
      return request(whole());
    }
    const fitted = fitMessages(whole(), { window, leftOut });
    if (!fitted) return null;
    leftOut = fitted.leftOut;
    return request(fitted.messages);
  }
  const spoken = await askModel(run, place, request(whole()), {
    minutesLeft: async () => (await run.budget(view)).minutes,
    onOverflow: smaller,
  });
  const { raw, native, thought, move } = spoken.turn;
  const { usage, finishReason, firstTextMs, durationMs } = spoken;
  await run.append({
    type: "step-ended",
    ...place,
    thought,
    raw,
    ...(native && { native }),
    move,
    ...(forced && { forced }),
    ...(leftOut > 0 && { leftOut }),
    usage,
    finishReason,
    firstTextMs,
    durationMs,
  });
}

/**
 * The prompt of a step. A forced one puts the order to answer in the place of the newest observation, as upstream does: that also
 * frees the room an oversized observation takes. The stored conversation keeps the observation.
 */
export function promptOf(view: Transcript, forced: ForcedBy | null, instruction: string): ChatMessage[] {
  if (!forced) return [...view.messages];
  const order: ChatMessage = { role: "user", content: instruction };
  return [...(forced === "tokens" && view.messages.length > 2 ? withoutNewest(view.messages) : view.messages), order];
}

/** A tool message may not go, since its call stays: servers refuse a call without its answer. */
function withoutNewest(messages: readonly ChatMessage[]): ChatMessage[] {
  const last = messages.at(-1);
  if (last?.role === "user") return messages.slice(0, -1);
  const from = messages.findLastIndex((message) => message.role !== "tool") + 1;
  return messages.map((message, index) => (index >= from ? { ...message, content: "(left out: the conversation is full)" } : message));
}
