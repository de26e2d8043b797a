import type { ForcedBy } from "#lib/domain/event.ts";
import type { ChatMessage, Transcript } from "#lib/domain/transcript.ts";
import type { ModelFailure, ModelUsage } from "#lib/model/model.ts";
import type { AgentRun } from "./agent-run.ts";
import { ModelGaveUp } from "./model-gave-up.ts";

/**
 * One thought: asks the model, streams its text into the log, and ends the step. A failed try is a fact; the text it had streamed is
 * void. Throws ModelGaveUp when the policy has no further try, and the signal's reason when the run is stopped.
 */
export async function think(run: AgentRun, view: Transcript, forced: ForcedBy | null): Promise<void> {
  const place = { lane: run.lane, step: view.steps + 1 };
  let shortened = forced;
  for (let attempt = 1; ; attempt++) {
    const turn = await complete(run, place, promptOf(view, shortened, run.model.dialect.forcedInstruction));
    if (turn.ok) {
      const { raw, thought, move } = run.model.dialect.read(turn.text);
      const { usage, finishReason, firstTextMs, durationMs } = turn;
      await run.append({
        type: "step-ended",
        ...place,
        thought,
        raw,
        move,
        ...(shortened && { forced: shortened }),
        usage,
        finishReason,
        firstTextMs,
        durationMs,
      });
      return;
    }
    const overflow = turn.failure.reason === "context-overflow" && shortened === null;
    const timeLeft = run.budget(view).minutes > 0;
    const retryInMs = overflow ? 0 : timeLeft ? run.retry(turn.failure, attempt) : null;
    await run.append({ type: "model-failed", ...place, attempt, reason: turn.failure.reason, detail: turn.failure.detail, retryInMs });
    if (retryInMs === null) throw new ModelGaveUp(turn.failure);
    if (overflow) shortened = "tokens";
    await run.wait(retryInMs, run.signal);
  }
}

/**
 * The prompt of a step. A forced one puts the order to answer in the place of the newest observation, as upstream does: that also
 * frees the room an oversized observation takes. The stored conversation keeps the observation.
 */
export function promptOf(view: Transcript, forced: ForcedBy | null, instruction: string): ChatMessage[] {
  if (!forced) return view.messages;
  const last = view.messages.at(-1);
  const replaces = forced === "tokens" && last?.role === "user" && view.steps > 0;
  return [...(replaces ? view.messages.slice(0, -1) : view.messages), { role: "user", content: instruction }];
}

type Turn =
  | { ok: true; text: string; usage: ModelUsage | null; finishReason: string; firstTextMs: number | null; durationMs: number }
  | { ok: false; failure: ModelFailure };

async function complete(run: AgentRun, place: { lane: string; step: number }, messages: ChatMessage[]): Promise<Turn> {
  const { source, dialect, card } = run.model;
  const split = dialect.splitter();
  const began = run.now();
  let text = "";
  let firstTextMs: number | null = null;
  let lost: Promise<void> | undefined;
  for await (const delta of source.complete(dialect.request(messages, card), run.signal)) {
    switch (delta.kind) {
      case "text":
        firstTextMs ??= run.now() - began;
        text += delta.text;
        for (const part of split.push(delta.text)) lost = run.append({ type: "text-appended", ...place, ...part });
        break;
      case "failed":
        return { ok: false, failure: delta.failure };
      case "ended": {
        await lost;
        const { finishReason, usage } = delta;
        return { ok: true, text, usage, finishReason, firstTextMs, durationMs: run.now() - began };
      }
      default:
        delta satisfies never;
    }
  }
  return { ok: false, failure: { reason: "cut-off", detail: "The answer ended without saying why" } };
}
