import type { Event } from "#lib/domain/event.ts";
import { judgeLane } from "#lib/domain/reporting-lanes.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel } from "./ask-model.ts";
import { ModelGaveUp } from "./model-gave-up.ts";

/** Sentences of a report beside the passages they cite, as one prompt. */
export interface Comparison {
  /** Names its very words: what was said to others is no answer to it. */
  id: string;
  messages: ChatMessage[];
  /** How many sentences are compared. */
  claims: number;
}

export interface Judged {
  /** What the model said to each comparison, in their order; null where it was not asked or gave nothing. */
  said: readonly (string | null)[];
  /** Why not all of them were made; null when they were. */
  why: string | null;
}

/** A judge has nothing to wait for: comparisons are apart from each other, and a server takes several at a time. */
const atOnce = 4;

/**
 * Has a model compare sentences with passages. Each comparison is a step of its lane that names what it compared, so that a worker that takes over
 * asks only for those that are missing, and never takes a verdict for another report's sentences. What a limit, or a model that is away, leaves undone is a value: a report whose sentences nobody compared says so.
 */
export async function judge(run: AgentRun, comparisons: readonly Comparison[]): Promise<Judged> {
  if (comparisons.length > 0 && !run.events.some((event) => event.type === "lane-started" && event.lane === judgeLane))
    void run.append({ type: "lane-started", lane: judgeLane });
  let why: string | null = null;
  let steps = Math.max(0, ...run.events.map((event) => (event.type === "step-ended" && event.lane === judgeLane ? event.step : 0)));
  const open = comparisons.flatMap((comparison) => (answerTo(run.events, comparison) === null ? [{ comparison, step: ++steps }] : []));
  for (let from = 0; from < open.length && why === null; from += atOnce) {
    run.signal.throwIfAborted();
    const left = await run.budget({ messages: [], countedTokens: null, uncountedTokens: 0, steps: 0 });
    if (left.minutes <= 0) why = "the time of the run was up";
    else if (left.runTokens <= 0) why = "the tokens of the run were used up";
    else {
      const ended = await Promise.allSettled(open.slice(from, from + atOnce).map(({ comparison, step }) => compare(run, comparison, step)));
      const failed = ended.find((each) => each.status === "rejected");
      if (failed && !(failed.reason instanceof ModelGaveUp)) throw failed.reason;
      if (failed) why = `the model could not be reached: ${failed.reason.failure.detail}`;
    }
  }
  return { said: comparisons.map((comparison) => answerTo(run.events, comparison)?.said ?? null), why };
}

async function compare(run: AgentRun, { id, messages, claims }: Comparison, step: number): Promise<void> {
  const { dialect, card } = run.model;
  const place = { lane: run.lane, step };
  const window = run.model.windowNow?.() ?? card.window;
  const request = dialect.request(messages, { ...card, window }, { offered: [], forbidden: true });
  const { turn, usage, finishReason, firstTextMs, durationMs } = await askModel(onlyThought(run), place, request, {
    minutesLeft: async () => (await run.budget({ messages: [], countedTokens: null, uncountedTokens: 0, steps: 0 })).minutes,
    onOverflow: () => null,
  });
  await run.append({
    type: "step-ended",
    ...place,
    thought: turn.thought,
    raw: turn.raw,
    ...(turn.native && { native: turn.native }),
    move: { kind: "none" },
    writes: { kind: "comparison", claims, of: id },
    usage,
    finishReason,
    firstTextMs,
    durationMs,
  });
}

/** The verdicts are shown in the report, each beside its sentence. */
const onlyThought = (run: AgentRun): AgentRun => ({
  ...run,
  append: (fact) => (fact.type === "text-appended" && fact.channel !== "thought" ? Promise.resolve() : run.append(fact)),
});

/** What was said to a comparison, without the thought before it; null where it was not made. A turn that did not come to its end says nothing. */
function answerTo(events: readonly Event[], { id }: Comparison): { said: string | null } | null {
  for (const event of events) {
    if (event.type !== "step-ended" || event.lane !== judgeLane || event.writes?.kind !== "comparison" || event.writes.of !== id) continue;
    const thoughtEnd = event.raw.lastIndexOf("</think>");
    if (event.finishReason !== "stop" && thoughtEnd < 0) return { said: null };
    return { said: thoughtEnd < 0 ? event.raw : event.raw.slice(thoughtEnd + "</think>".length) };
  }
  return null;
}
