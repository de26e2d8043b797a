import type { Writes } from "#lib/domain/event.ts";
import { laneMessagesIn } from "#lib/domain/lane-messages.ts";
import { writerLane } from "#lib/domain/reporting-lanes.ts";
import { type Assignment, promptOf } from "#lib/domain/writer/prompts.ts";
import { nextPart, type Writing, writingOf } from "#lib/domain/writer/writing.ts";
import type { AgentRun } from "./agent-run.ts";
import { askModel, type Spoken } from "./ask-model.ts";
import { ModelGaveUp } from "./model-gave-up.ts";
import { reportIn } from "./report-in.ts";
import { windowOf } from "./window-of.ts";

/** What came of writing: the report with marks that name passages, or why there is none. */
export type Written = { ok: true; markdown: string } | { ok: false; why: string };

/** Of the window, what the prompt may take: the dialects ask for a quarter of it. Without a known one as much as 80 passages need. */
const windowShare = 0.6;
const unknownWindow = 60_000;
/** A prompt longer than this is read with less care than it costs. */
const mostTokens = 40_000;
const mostHalvings = 4;

/**
 * Writes the report of a run from its evidence, part by part: the outline, each section from its own passages alone, the takeaway last. From
 * wherever the log stands: a part that is written is not written again, and what the reader adds meanwhile is in the parts after it. What a limit, a model that is away or a reply that says nothing leaves
 * undone is a value: the answer is there in any case.
 */
export async function write(run: AgentRun, assignment: Assignment): Promise<Written> {
  const numbers = new Set(assignment.bank.map(({ number }) => number));
  if (!run.events.some((event) => event.type === "lane-started" && event.lane === writerLane))
    void run.append({ type: "lane-started", lane: writerLane });
  for (;;) {
    run.signal.throwIfAborted();
    const writing = writingOf(run.events, (passage) => numbers.has(passage));
    const part = nextPart(writing);
    const reader = laneMessagesIn(run.events, writerLane);
    if (part.kind === "done") return { ok: true, markdown: part.markdown };
    if (part.kind === "given-up") return { ok: false, why: "The model wrote no report, also when it was asked again." };
    const left = await run.budget({ messages: [], countedTokens: null, uncountedTokens: 0, steps: 0 });
    if (left.minutes <= 0) return { ok: false, why: "The time of the run was up before the report was written." };
    if (left.runTokens <= 0) return { ok: false, why: "The tokens of the run were used up before the report was written." };
    try {
      for (const { messageId } of reader.waiting)
        void run.append({ type: "message-delivered", lane: run.lane, step: writing.steps + 1, messageId });
      const messages = [...reader.delivered, ...reader.waiting].map(({ text }) => text);
      await writePart(run, { ...assignment, messages }, writing, part);
    } catch (error) {
      if (!(error instanceof ModelGaveUp)) throw error;
      return { ok: false, why: `The model could not be reached while the report was written. ${error.failure.detail}.` };
    }
  }
}

async function writePart(run: AgentRun, assignment: Assignment, writing: Writing, part: Parameters<typeof promptOf>[0]): Promise<void> {
  const { dialect, card } = run.model;
  const place = { lane: run.lane, step: writing.steps + 1 };
  let window = windowOf(run);
  let halvings = 0;
  const request = () => {
    const tokens = Math.min(mostTokens, (window ?? unknownWindow) * windowShare) / 2 ** halvings;
    return dialect.request(promptOf(part, assignment, writing, tokens), { ...card, window }, { offered: [], forbidden: true });
  };
  const spoken = await askModel(withoutAnswers(run), place, request(), {
    minutesLeft: async () => (await run.budget({ messages: [], countedTokens: null, uncountedTokens: 0, steps: 0 })).minutes,
    onOverflow({ window: told }) {
      window = told ?? window;
      return ++halvings > mostHalvings ? null : request();
    },
  });
  const { turn, usage, finishReason, firstTextMs, durationMs } = spoken;
  await run.append({
    type: "step-ended",
    ...place,
    thought: turn.thought,
    raw: turn.raw,
    ...(turn.native && { native: turn.native }),
    move: { kind: "none" },
    report: isWhole(spoken) ? (turn.report ?? reportIn(spoken)) : null,
    writes: writesOf(part, writing),
    usage,
    finishReason,
    firstTextMs,
    durationMs,
  });
}

/** A turn that went in circles, or reached its limit before its thought had ended, holds no text. */
const isWhole = ({ finishReason, turn }: Spoken) =>
  finishReason !== "repetition" && (finishReason !== "length" || turn.raw.includes("</think>") || !turn.raw.includes("<think>"));

/** The thought and the text are shown while they are written; what stands around the text is no answer. */
const withoutAnswers = (run: AgentRun): AgentRun => ({
  ...run,
  append: (fact) => (fact.type === "text-appended" && fact.channel === "answer" ? Promise.resolve() : run.append(fact)),
});

function writesOf(part: Parameters<typeof promptOf>[0], { outline }: Writing): Writes {
  if (part.kind !== "section" || outline?.form !== "report") return { kind: part.kind === "closing" ? "closing" : "outline" };
  return { kind: "section", title: outline.sections[part.index]?.title ?? "", n: part.index + 1, of: outline.sections.length };
}
