import { byteSize } from "#lib/std/byte-size.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { AskedCall, Event, EventOf, ForcedBy, NativeTurn } from "./event.ts";

/** One message of a prompt. `native` and `tool` exist where thought and calls are fields of their own. */
export type ChatMessage =
  | { role: "system" | "user"; content: string }
  | { role: "assistant"; content: string; native?: NativeTurn }
  | { role: "tool"; content: string; callId: string };

/** A call the model asked for whose outcome is not in the log yet. */
export interface PendingCall {
  callId: string;
  step: number;
  asked: AskedCall;
  /** `tool-called` is in the log: a worker began it and may have died in it. */
  called: boolean;
}

/** One lane of a run as the loop sees it: the conversation so far and what is still open. */
export interface Transcript {
  messages: ChatMessage[];
  /** Steps that have ended; the next one is `steps + 1`. */
  steps: number;
  /** The calls of the last step that have not returned, in the order they were asked for. */
  pending: PendingCall[];
  answer: string | null;
  /** The last step was told to answer at once. */
  forced: ForcedBy | null;
  /** Steps in a row that neither called a tool nor answered. */
  idleSteps: number;
  /** Steps in a row that asked for exactly the same calls. */
  sameSteps: number;
  lastAsked: string;
  finishRequested: boolean;
  /** The step in which the conversation was last summarised; 0 when it never was. */
  compactedAt: number;
  /** The step whose prompt a server refused for its length; 0 when none did. */
  overflowedAt: number;
  /** Tokens of the last prompt and its completion as the server counted them; null when it did not. */
  countedTokens: number | null;
  /** Tokens, roughly, that were added to the conversation after that count. */
  uncountedTokens: number;
}

/** The observation as the model was trained to read it: the newlines are part of the format, and nothing stands around the tags. */
export const asObservation = (text: string) => `<tool_response>\n${text}\n</tool_response>`;

/** The id of a call: its place is the id, so that a resumed run gives the same one. The first call of a step is named by the step alone. */
export const callIdOf = (lane: string, step: number, index = 0) => (index === 0 ? `${lane}-${step}` : `${lane}-${step}-${index + 1}`);

/** The question as the model reads it: with the files it may read, where there are any. */
function asAsked({ question, attachments }: EventOf<"run-queued">): string {
  if (attachments.length === 0) return question;
  const files = attachments.map(({ name, type, size }) => `- ${name} (${type}, ${byteSize(size)})`);
  return `${question}\n\nUploaded files, to be read with parse_file:\n${files.join("\n")}`;
}

/** What a resumed conversation begins with after a summary: the question, and what is known so far. */
const asResumed = (question: string, summary: string) =>
  `Question: ${question}\n\nThe conversation so far was summarised to save room. Go on from the summary: trust what it states, and do not repeat what it already settled.\n\nSummary:\n<summary>\n${summary}\n</summary>`;

/** The conversation of one lane as a fold over the log of its run. */
export function transcriptOf(events: Iterable<Event>, lane = "main"): Transcript {
  const fold = transcriptFold(lane);
  for (const event of events) fold.take(event);
  return fold.transcript;
}

/** A fold under way: takes one event after the other, so that a loop folds each of them once however long the run. */
export interface TranscriptFold {
  readonly transcript: Transcript;
  take(event: Event): void;
}

/**
 * System prompt, question, then thought and observation in turn. Assistant turns are the model's raw text, byte for byte, so that the
 * prompt of a step is a prefix of the next one's, also after a crash. Only a compaction begins anew.
 */
export function transcriptFold(lane: string): TranscriptFold {
  const transcript = emptyTranscript();
  let question = "";
  let systemPrompt = "";
  let open = noCalls;
  const take = (event: Event): void => {
    if ("lane" in event && event.lane !== lane) return;
    switch (event.type) {
      case "run-queued":
        question = asAsked(event);
        return;
      case "run-started":
        if (transcript.messages.length > 0) return;
        systemPrompt = event.systemPrompt;
        begin(transcript, systemPrompt, question);
        return;
      case "step-ended":
        endStep(transcript, event);
        open = openCalls(event);
        return;
      case "model-failed":
        if (event.reason === "context-overflow") transcript.overflowedAt = event.step;
        return;
      case "tool-called":
        for (const call of transcript.pending) if (call.callId === event.callId) call.called = true;
        return;
      case "tool-returned":
        returnCall(transcript, open, event);
        return;
      case "context-compacted":
        transcript.steps = event.step;
        transcript.compactedAt = event.step;
        Object.assign(transcript, { idleSteps: 0, sameSteps: 0, lastAsked: "" });
        begin(transcript, systemPrompt, asResumed(question, withoutControlTags(event.summary)));
        return;
      case "stop-requested":
        if (event.kind === "finish") transcript.finishRequested = true;
        return;
    }
  };
  return { transcript, take };
}

const emptyTranscript = (): Transcript => ({
  messages: [],
  steps: 0,
  pending: [],
  answer: null,
  forced: null,
  idleSteps: 0,
  sameSteps: 0,
  lastAsked: "",
  finishRequested: false,
  compactedAt: 0,
  overflowedAt: 0,
  countedTokens: null,
  uncountedTokens: 0,
});

function begin(transcript: Transcript, system: string, user: string): void {
  transcript.messages = [];
  transcript.countedTokens = null;
  transcript.uncountedTokens = 0;
  say(transcript, { role: "system", content: system });
  say(transcript, { role: "user", content: user });
}

function endStep(transcript: Transcript, event: EventOf<"step-ended">): void {
  const { move, usage } = event;
  const asked = move.kind === "calls" ? JSON.stringify(move.calls) : "";
  transcript.steps = event.step;
  transcript.forced = event.forced ?? null;
  transcript.idleSteps = move.kind === "none" ? transcript.idleSteps + 1 : 0;
  transcript.sameSteps = asked !== "" && asked === transcript.lastAsked ? transcript.sameSteps + 1 : 1;
  transcript.lastAsked = asked;
  say(transcript, { role: "assistant", content: event.raw, ...(event.native && { native: event.native }) });
  if (usage) {
    transcript.countedTokens = usage.promptTokens + usage.completionTokens;
    transcript.uncountedTokens = 0;
  }
  switch (move.kind) {
    case "answer":
      transcript.answer = move.text;
      return;
    case "calls":
      transcript.pending = move.calls.map((call, index) => ({
        callId: callIdOf(event.lane, event.step, index),
        step: event.step,
        asked: call,
        called: false,
      }));
      return;
    case "unreadable":
    case "none":
      if (move.problem !== undefined) say(transcript, { role: "user", content: asObservation(move.problem) });
      return;
    default:
      move satisfies never;
  }
}

/** The calls of the last step in the order they were asked for, what each came to, and the ids the server knows them by. */
interface OpenCalls {
  ids: string[];
  wireIds: string[];
  said: (ChatMessage | undefined)[];
}
const noCalls: OpenCalls = { ids: [], wireIds: [], said: [] };

function openCalls({ lane, step, move, native }: EventOf<"step-ended">): OpenCalls {
  if (move.kind !== "calls") return noCalls;
  return {
    ids: move.calls.map((_, index) => callIdOf(lane, step, index)),
    wireIds: native?.calls.map((call) => call.id) ?? [],
    said: move.calls.map(() => undefined),
  };
}

/** Calls run side by side and return in any order; their observations are said in the order of the calls, once all are there. */
function returnCall(transcript: Transcript, open: OpenCalls, event: EventOf<"tool-returned">): void {
  const index = open.ids.indexOf(event.callId);
  if (index < 0 || open.said[index]) return;
  const { text } = event.outcome;
  const callId = open.wireIds[index];
  open.said[index] = callId === undefined ? { role: "user", content: asObservation(text) } : { role: "tool", content: text, callId };
  transcript.pending = transcript.pending.filter((call) => call.callId !== event.callId);
  if (transcript.pending.length > 0) return;
  for (const message of open.said) if (message) say(transcript, message);
}

function say(transcript: Transcript, message: ChatMessage): void {
  transcript.messages.push(message);
  transcript.uncountedTokens += roughTokens(message.content);
  if (message.role === "assistant" && message.native)
    transcript.uncountedTokens += roughTokens(message.native.reasoning) + roughTokens(JSON.stringify(message.native.calls));
}
