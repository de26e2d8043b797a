import type { AgentRun } from "#lib/agents/agent-run.ts";
import { askModel, type Spoken } from "#lib/agents/ask-model.ts";
import { LaneGivenUp } from "#lib/agents/lane-watch.ts";
import { ModelGaveUp } from "#lib/agents/model-gave-up.ts";
import { reportIn } from "#lib/agents/report-in.ts";
import { windowOf } from "#lib/agents/window-of.ts";
import { inRunNumbers } from "#lib/domain/in-run-numbers.ts";
import { compressRules, compressSystem } from "#lib/domain/muse-rules.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { trajectoryText } from "#lib/domain/trajectory-text.ts";
import { type ChatMessage, type LaneOptions, type Transcript, transcriptFold } from "#lib/domain/transcript.ts";
import { cutTo } from "#lib/std/cut-evenly.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";

/** Of the window, what the prompt may take: the dialects ask for a quarter of it. Without a known one upstream's limit of a conversation. */
const windowShare = 0.65;
const unknownWindow = (110 * 1024) / windowShare;
const mostHalvings = 4;
/** Of the prompt, what the question and the list of sources may take. */
const shares = { question: 0.2, sources: 0.2 };

/**
 * The step after a lane's answer: its trajectory becomes the report that the aggregation judges. Done once: a lane whose log has the step is left
 * as it is. Where none comes of it (no model, no report, the lane is given up while it is written), the answer counts alone; it is not tried
 * where the reader waits for what there is, nor where the run has no more tokens.
 */
export async function compress(run: AgentRun, options: LaneOptions, sources: readonly SourceRef[]): Promise<void> {
  if (run.events.some((event) => event.type === "step-ended" && event.lane === run.lane && event.report !== undefined)) return;
  const fold = transcriptFold(run.lane, options);
  for (const event of run.events) fold.take(event);
  const view = fold.transcript;
  if (view.finishRequested || (await run.budget(view)).runTokens <= 0) return;
  const spoken = await unlessGivenUp(run, ask(run, view, sources));
  if (!spoken) return;
  const { turn, usage, finishReason, firstTextMs, durationMs } = spoken;
  await run.append({
    type: "step-ended",
    ...placeAfter(run, view),
    thought: turn.thought,
    raw: turn.raw,
    ...(turn.native && { native: turn.native }),
    move: { kind: "none" },
    report: reportIn(spoken),
    usage,
    finishReason,
    firstTextMs,
    durationMs,
  });
}

const placeAfter = ({ lane }: AgentRun, view: Transcript) => ({ lane, step: view.steps + 1 });

function ask(run: AgentRun, view: Transcript, sources: readonly SourceRef[]): Promise<Spoken> {
  const { dialect, card } = run.model;
  let window = windowOf(run);
  let halvings = 0;
  const request = () => ({
    ...dialect.request(promptOf(view, sources, ((window ?? unknownWindow) * windowShare) / 2 ** halvings), { ...card, window }, noTools),
    ...(run.sample !== undefined && { sample: run.sample }),
  });
  return askModel(withoutLiveText(run), placeAfter(run, view), request(), {
    minutesLeft: async () => (await run.budget(view)).minutes,
    onOverflow({ window: told }) {
      const learned = told !== undefined && told !== window;
      window = told ?? window;
      // A window that was not known before may be all there was to it.
      if (!learned && ++halvings > mostHalvings) return null;
      return request();
    },
  });
}

const noTools = { offered: [], forbidden: true };

/** The thought is shown while it is written. What follows is no answer, although a dialect that knows no report takes it for one. */
const withoutLiveText = (run: AgentRun): AgentRun => ({
  ...run,
  append: (fact) => (fact.type === "text-appended" && fact.channel !== "thought" ? Promise.resolve() : run.append(fact)),
});

/** The rules, what the lane was asked, its conversation from there on, and its sources by their numbers in the run. */
function promptOf({ messages }: Transcript, sources: readonly SourceRef[], tokens: number): ChatMessage[] {
  const [, opening, ...rest] = messages;
  const question = cutTo(withoutControlTags(opening?.content ?? ""), tokens * shares.question);
  const lines = cutTo(sources.map(({ n, url }) => `[${n}] ${withoutControlTags(url)}`).join("\n"), tokens * shares.sources);
  const room = tokens - roughTokens(compressSystem) - roughTokens(compressRules) - roughTokens(question) - roughTokens(lines) - 100;
  const record = trajectoryText(answerInRunNumbers(rest, sources), room);
  const user = [compressRules, `Question:\n${question}`, `Record:\n${record}`, ...(lines === "" ? [] : [`Sources:\n${lines}`])];
  return [
    { role: "system", content: compressSystem },
    { role: "user", content: user.join("\n\n") },
  ];
}

/** Before its answer a lane names no sources: only there a number in brackets is one. */
const answerInRunNumbers = (messages: readonly ChatMessage[], sources: readonly SourceRef[]): ChatMessage[] =>
  messages.map((message, index) =>
    index === messages.length - 1 && message.role === "assistant"
      ? { ...message, content: inRunNumbers(message.content, sources) }
      : message,
  );

/** The lane has answered: that the model cannot be had any more, or that the others are done, must not cost the answer. */
async function unlessGivenUp(run: AgentRun, asking: Promise<Spoken>): Promise<Spoken | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ModelGaveUp || (run.signal.aborted && run.signal.reason instanceof LaneGivenUp)) return null;
    throw error;
  }
}
