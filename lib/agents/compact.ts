import type { ChatMessage, Transcript } from "#lib/domain/transcript.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel } from "./ask-model.ts";
import { think } from "./think.ts";

/** Upstream's size of a summary. */
const summaryTokens = 4_096;

/**
 * ReSum: the conversation is summarised, and the run goes on from the question and the summary. The order stands behind the whole
 * conversation, so that the server has nearly all of the prompt in its cache. Where no summary comes of it, the limit is what it was: a forced answer.
 */
export async function compact(run: AgentRun, view: Transcript): Promise<void> {
  const { dialect, card } = run.model;
  const place = { lane: run.lane, step: view.steps + 1 };
  const request = (messages: ChatMessage[]) => ({
    ...dialect.request([...messages, { role: "user", content: order }], card, { offered: run.tools, forbidden: true }),
    maxTokens: summaryTokens,
  });
  let cut = false;
  const spoken = await askModel(run, place, request(view.messages), {
    minutesLeft: async () => (await run.budget(view)).minutes,
    onOverflow() {
      if (cut || view.messages.at(-1)?.role === "assistant") return null;
      cut = true;
      return request(view.messages.slice(0, -1)); // without the observation that was too much
    },
  });
  const { usage, durationMs, turn } = spoken;
  const summary = summaryIn(turn.raw);
  if (summary !== "") return run.append({ type: "context-compacted", ...place, thought: turn.thought, summary, usage, durationMs });
  const failed = { reason: "empty" as const, detail: "The summary came to nothing, so the answer is asked for now" };
  await run.append({ type: "model-failed", ...place, attempt: 1, ...failed, retryInMs: 0 });
  await think(run, view, "tokens");
}

const order = `The conversation is close to the length the model can hold. Before the work goes on, write down what has to be kept of it: everything above except the question will be dropped.

Keep only what is certain and was stated explicitly, with the address of the page it came from: findings that bear on the question, figures, names, dates, quotations that matter, what was searched without success, and what remains to be done. Do not guess, do not answer the question, call no tool.

Write it between <summary> and </summary>.`;

/** What stands between the tags, else all that was said after the thought. */
function summaryIn(raw: string): string {
  const said = raw.slice(raw.lastIndexOf("</think>") < 0 ? 0 : raw.lastIndexOf("</think>") + "</think>".length);
  return (/<summary>([\s\S]*?)(?:<\/summary>|$)/.exec(said)?.[1] ?? said.replace(/<think>[\s\S]*$/, "")).trim();
}
