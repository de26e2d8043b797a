import { cutEvenly, cutTo } from "#lib/std/cut-evenly.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { Event, EventOf, StepMove } from "./event.ts";
import { emptyLaneState, endStepIn, noteIn, repeatNote } from "./lane-state.ts";
import { messagesText, type ReaderMessage } from "./reader-message.ts";
import type { SourceRef } from "./source.ts";
import { asAsked, asObservation, type Transcript, type TranscriptFold } from "./transcript.ts";
import { workspaceRules } from "./workspace-rules.ts";

/**
 * Tokens of the whole prompt, by an estimate: with a completion of 10,000 a round stays within the 40,960 tokens that IterResearch was trained on
 * (reference: Tongyi inference, Heavy), and the prompt alone does even where every character of Chinese is a token.
 */
const mostTokens = 27_000;
/** Of a small window, what the prompt may take: the dialects ask for a quarter of it, and tools take some. */
const windowShare = 0.6;
/** Of these, the report, the question and the last action may have so much; the response has what is left, and a quarter in any case. */
const shares = { report: 0.35, question: 0.2, action: 0.1, leastResponse: 0.25 };
/** And what the reader added to the question. */
const messageShare = 0.1;

/** A server that refuses an eighth of it refuses for another reason. */
const mostHalvings = 4;

const pageSeparator = "\n=======\n";

/** What a round is made of. */
interface Round {
  question: string;
  messages: readonly ReaderMessage[];
  report: string;
  action: string;
  responses: string[];
  /** The sources that the response brought, and their numbers. */
  sources: SourceRef[];
  notes: string[];
}

/**
 * One lane of IterResearch as a fold over the log of its run: each round's prompt is built anew from the question, the report, the last action
 * and the response to it, and from nothing else. A round whose turn has a call and no report is asked for once more, and its call is not
 * made; without a report after that either, the one before stays. `window`: tokens the server takes in all, where it tells.
 */
export function workspaceFold(lane: string, { window = null }: { window?: number | null } = {}): TranscriptFold {
  const transcript: Transcript = { ...emptyLaneState(), messages: [], countedTokens: null, uncountedTokens: 0, shrinks: true };
  const round: Round = { question: "", messages: [], report: "", action: "", responses: [], sources: [], notes: [] };
  const sourceOf = new Map<string, SourceRef>();
  let system = "";
  let returned = new Map<string, string>();
  let askedAgain = false;
  let overflows = 0;

  const lay = (): void => {
    const most = Math.floor(Math.min(mostTokens, (window ?? Number.POSITIVE_INFINITY) * windowShare) / 2 ** overflows);
    const user = layOut(round, most - roughTokens(system));
    transcript.messages = [
      { role: "system", content: system },
      { role: "user", content: user },
    ];
  };
  const endStep = (event: EventOf<"step-ended">): void => {
    endStepIn(transcript, event);
    returned = new Map(transcript.pending.map((call) => [call.callId, ""]));
    if (isAskedAgain(event, askedAgain)) {
      askedAgain = true;
      if (transcript.repeatOf === null) transcript.asked.delete(transcript.lastAsked); // it was not carried out
      transcript.pending = [];
      round.notes = [askAgainNote];
      lay();
      return;
    }
    askedAgain = false;
    transcript.sameSteps = transcript.repeatedSteps + 1;
    round.report = event.report ?? round.report;
    round.action = actionOf(event.move, event.raw);
    round.responses = "problem" in event.move && event.move.problem !== undefined ? [event.move.problem] : [];
    round.sources = [];
    round.notes = transcript.repeatOf === null ? [] : [repeatNote(transcript.repeatOf)];
    if (transcript.pending.length === 0) lay();
  };
  const returnCall = (event: EventOf<"tool-returned">): void => {
    if (!transcript.pending.some((call) => call.callId === event.callId)) return;
    transcript.pending = transcript.pending.filter((call) => call.callId !== event.callId);
    returned.set(event.callId, event.outcome.text);
    for (const id of event.sourceIds) {
      const source = sourceOf.get(id);
      if (source && !round.sources.includes(source)) round.sources.push(source);
    }
    if (transcript.pending.length > 0) return;
    round.responses = [...returned.values()];
    lay();
  };
  const take = (event: Event): void => {
    if ("lane" in event && event.lane !== lane) return;
    switch (event.type) {
      case "run-queued":
        round.question = asAsked(event);
        return;
      case "run-started":
        if (system !== "") return;
        system = event.systemPrompt;
        lay();
        return;
      case "step-ended":
        endStep(event);
        return;
      case "source-found":
        sourceOf.set(event.source.id, event.source);
        return;
      case "tool-returned":
        returnCall(event);
        return;
      case "model-failed":
        // The next prompt is half as long: here it can be, and no forced answer is needed for it.
        if (event.reason !== "context-overflow") return;
        transcript.shrinks = ++overflows < mostHalvings;
        lay();
        return;
      case "message-delivered":
        noteIn(transcript, event, lane);
        round.messages = transcript.reader.delivered;
        if (transcript.pending.length === 0) lay();
        return;
      default:
        noteIn(transcript, event, lane);
    }
  };
  return { transcript, take };
}

/** Whether a turn is void because its report is missing: once in a row, and only where the work would go on without it. */
export const isAskedAgain = (step: Pick<EventOf<"step-ended">, "report" | "move" | "forced">, wasAskedAgain: boolean): boolean =>
  step.report === null && step.move.kind === "calls" && !step.forced && !wasAskedAgain;

const askAgainNote =
  "Your last turn had no report inside <report></report>, so its call was not made. Write this round again: the whole report first, then the action.";

const actionOf = (move: StepMove, raw: string): string => {
  if (move.kind !== "calls") return raw;
  return move.calls
    .map((call) => ("arguments" in call ? JSON.stringify({ name: call.tool, arguments: call.arguments }) : call.tool))
    .join("\n");
};

/** The user's message of a round, of at most so many tokens. */
function layOut({ question, messages, report, action, responses, sources, notes }: Round, tokens: number): string {
  const fixed = roughTokens(workspaceRules) + roughTokens(notes.join("\n")) + roughTokens(sourceLines(sources)) + 100;
  const room = Math.max(1_000, tokens - fixed);
  const added = cutEvenly(
    messages.map(({ text }) => text),
    room * messageShare,
  );
  const kept = {
    question: cutTo(question, room * shares.question),
    report: cutTo(report, room * shares.report),
    action: cutTo(action, room * shares.action),
  };
  const left = room - roughTokens(added.join("\n")) - roughTokens(kept.question) - roughTokens(kept.report) - roughTokens(kept.action);
  const texts = responses.flatMap((response) => response.split(pageSeparator));
  const response = cutEvenly(texts, Math.max(left, room * shares.leastResponse)).join(pageSeparator);
  const parts = [
    workspaceRules,
    `Question:\n${kept.question}`,
    ...(added.length > 0 ? [messagesText(added)] : []),
    `<report>\n${kept.report === "" ? emptyReport : withoutControlTags(kept.report)}\n</report>`,
    ...(action === "" ? [] : [`<last_action>\n${withoutControlTags(kept.action)}\n</last_action>`]),
    ...(responses.length === 0 ? [] : [asObservation(response)]),
    ...(sources.length === 0 ? [] : [sourceLines(sources)]),
    ...notes,
  ];
  return parts.join("\n\n");
}

/** What stands in the place of a report that nobody has written yet. */
export const emptyReport = "(empty: this is the first round)";

/** The numbers under which a report names what it rests on. */
const sourceLines = (sources: readonly SourceRef[]): string =>
  sources.length === 0 ? "" : `Sources of this response:\n${sources.map(({ n, url }) => `[${n}] ${url}`).join("\n")}`;
