import type { ForcedBy } from "#lib/domain/event.ts";
import { messagesIn } from "#lib/domain/reader-message.ts";
import type { ChatMessage, Transcript } from "#lib/domain/transcript.ts";
import type { ForeseenValue, ModelFailure } from "#lib/model/model.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel, type Spoken } from "./ask-model.ts";
import { fitMessages, fits } from "./fit-messages.ts";
import { ModelGaveUp } from "./model-gave-up.ts";

/**
 * One thought: asks the model and ends the step. A prompt that the server refuses for its length becomes the forced one, and a forced one
 * that is still too long is cut to what fits; each at most once for a try, so that a refusal never loops.
 */
export async function think(run: AgentRun, view: Transcript, asked: ForcedBy | null): Promise<void> {
  const place = { lane: run.lane, step: view.steps + 1 };
  const { dialect, card } = run.model;
  let forced = asked;
  let leftOut = 0;
  let window = run.model.windowNow?.() ?? card.window;
  const request = (messages: ChatMessage[]) => ({
    ...dialect.request(messages, { ...card, window }, { offered: run.tools, forbidden: forced !== null }),
    ...(run.sample !== undefined && { sample: run.sample }),
    ...(run.logprobs && { logprobs: true }),
  });
  const whole = () => promptOf(view, forced, dialect.forcedInstruction);

  // Where the run may go on from a summary or a shorter prompt, the loop decides that from what the log says now.
  const goesOn = view.shrinks || (asked === null && run.whenFull === "compact" && view.steps > view.compactedAt);

  function smaller(failure: ModelFailure) {
    const learned = failure.window !== undefined && failure.window !== window;
    window = failure.window ?? window;
    // Not the prompt was too long, but what was asked for on top of it, because the window was not known.
    if (learned && fits(whole(), window)) return request(whole());
    if (goesOn) return null;
    if (forced === null) {
      forced = "tokens";
      return request(whole());
    }
    const fitted = fitMessages(whole(), { window, leftOut });
    if (!fitted) return null;
    leftOut = fitted.leftOut;
    return request(fitted.messages);
  }
  const spoken = await orOverflow(
    goesOn,
    askModel(run, place, request(whole()), {
      // The answer that a limit forces is worth every try: there will be no other.
      minutesLeft: async () => (forced ? Number.POSITIVE_INFINITY : (await run.budget(view)).minutes),
      onOverflow: smaller,
      // A call of a forced step is not carried out, and a step may become one.
      foresee: (value) => forced === null && foresee(run, value),
    }),
  );
  if (!spoken) return;
  const { raw, native, thought, move, report, findings } = spoken.turn;
  const { usage, finishReason, firstTextMs, durationMs, uncertainty } = spoken;
  await run.append({
    type: "step-ended",
    ...place,
    thought,
    raw,
    ...(native && { native }),
    move,
    ...(forced && { forced }),
    ...(report !== undefined && { report }),
    ...(findings && { findings }),
    ...(uncertainty && { uncertainty }),
    ...(leftOut > 0 && { leftOut }),
    usage,
    finishReason,
    firstTextMs,
    durationMs,
  });
}

/** What a call will need may begin while the model still writes the rest of it. */
function foresee(run: AgentRun, { tool, argument, value }: ForeseenValue): void {
  run.tools.find((candidate) => candidate.name === tool)?.foresee?.(argument, value, run.toolContext);
}

/** Null when the server would not take the prompt for its length and that is somebody else's to mend. */
async function orOverflow(elsewhere: boolean, asking: Promise<Spoken>): Promise<Spoken | null> {
  try {
    return await asking;
  } catch (error) {
    if (elsewhere && error instanceof ModelGaveUp && error.failure.reason === "context-overflow") return null;
    throw error;
  }
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

/** A tool message may not go, since its call stays: servers refuse a call without its answer. What the reader added stays, too: it is short. */
export function withoutNewest(messages: readonly ChatMessage[]): ChatMessage[] {
  const end = messages.findLastIndex(({ content }) => messagesIn(content).length === 0) + 1;
  const added = messages.slice(end);
  const before = messages.slice(0, end);
  if (before.at(-1)?.role === "user") return [...before.slice(0, -1), ...added];
  const from = before.findLastIndex((message) => message.role !== "tool") + 1;
  return messages.map((message, index) =>
    index >= from && index < end ? { ...message, content: "(left out: the conversation is full)" } : message,
  );
}
