import { asObservation, type ChatMessage, type Transcript } from "#lib/domain/transcript.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel, type Spoken } from "./ask-model.ts";
import { ModelGaveUp } from "./model-gave-up.ts";
import { think, withoutNewest } from "./think.ts";

/** Upstream's size of a summary. */
const summaryTokens = 4_096;

/**
 * ReSum: the conversation is summarised, and the run goes on from the question and the summary. The order stands behind the whole
 * conversation, between the tags of an observation: templates drop earlier thoughts before any other user message. Where no summary comes of
 * it, the limit is what it was: a forced answer.
 */
export async function compact(run: AgentRun, view: Transcript): Promise<void> {
  const place = { lane: run.lane, step: view.steps + 1 };
  const spoken = await summarise(run, view, place);
  const summary = spoken && summaryOf(spoken);
  if (!spoken || !summary) return think(run, view, "tokens");
  const { usage, durationMs, turn } = spoken;
  await run.append({ type: "context-compacted", ...place, thought: turn.thought, summary, usage, durationMs });
}

/** Null when the server would not take the conversation, also without what was read last. */
async function summarise(run: AgentRun, view: Transcript, place: { lane: string; step: number }): Promise<Spoken | null> {
  const { dialect, card } = run.model;
  const request = (messages: readonly ChatMessage[]) => {
    const whole = dialect.request([...messages, { role: "user", content: asObservation(order) }], card, {
      offered: run.tools,
      forbidden: true,
    });
    return { ...whole, maxTokens: Math.min(summaryTokens, whole.maxTokens) };
  };
  let isCut = false;
  try {
    return await askModel(run, place, request(view.messages), {
      minutesLeft: async () => (await run.budget(view)).minutes,
      onOverflow() {
        if (isCut) return null;
        isCut = true;
        return request(withoutNewest(view.messages));
      },
    });
  } catch (error) {
    if (error instanceof ModelGaveUp && (error.failure.reason === "context-overflow" || error.failure.reason === "refused")) return null;
    throw error;
  }
}

const order = `The conversation is close to the length the model can hold. Before the work goes on, write down what has to be kept of it: everything above except the question will be dropped.

Keep only what is certain and was stated explicitly, with the address of the page it came from: findings that bear on the question, figures, names, dates, quotations that matter, what was searched without success, and what remains to be done. Do not guess, do not answer the question, call no tool.

Write it between <summary> and </summary>.`;

/**
 * What stands between the tags, after the thought. Without tags all that was said counts, but only of a turn that came to its end and is
 * nothing else: everything before is dropped for it, and a call or half a thought is no summary.
 */
function summaryOf({ turn, finishReason }: Spoken): string | null {
  const said = turn.raw.slice(turn.raw.lastIndexOf("</think>") < 0 ? 0 : turn.raw.lastIndexOf("</think>") + "</think>".length);
  const tagged = /<summary>([\s\S]*?)<\/summary>/.exec(said)?.[1]?.trim();
  if (tagged) return tagged;
  if (finishReason !== "stop" || turn.move.kind === "calls" || turn.move.kind === "unreadable" || said.includes("<think>")) return null;
  return said.replace(/<\/?(?:summary|answer)>/g, "").trim() || null;
}
