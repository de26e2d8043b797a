import type { Event, EventOf, ForcedBy } from "./event.ts";

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** A call the model asked for whose outcome is not in the log yet. */
export interface PendingCall {
  callId: string;
  step: number;
  tool: string;
  arguments: Record<string, unknown>;
  /** `tool-called` is in the log: a worker began it and may have died in it. */
  called: boolean;
}

/** One lane of a run as the loop sees it: the conversation so far and what is still open. */
export interface Transcript {
  messages: ChatMessage[];
  /** Steps that have ended; the next one is `steps + 1`. */
  steps: number;
  pending: PendingCall | null;
  answer: string | null;
  /** The last step was told to answer at once. */
  forced: ForcedBy | null;
  /** Steps in a row that neither called a tool nor answered. */
  idleSteps: number;
  finishRequested: boolean;
  /** Tokens of the last prompt and its completion as the server counted them; null when it did not. */
  countedTokens: number | null;
  /** Characters added to the conversation after that count. */
  uncountedCharacters: number;
}

/** The observation as the model was trained to read it: the newlines are part of the format, and nothing stands around the tags. */
export const asObservation = (text: string) => `<tool_response>\n${text}\n</tool_response>`;

/** The id of the call of a step: one call a step, so the place is the id, and a resumed run gives the same one. */
export const callIdOf = (lane: string, step: number) => `${lane}-${step}`;

/**
 * The conversation of one lane: system prompt, question, then thought and observation in turn. Assistant turns are the model's
 * raw text, byte for byte, so that the prompt of a step is a prefix of the next one's, also after a crash.
 */
export function transcriptOf(events: Iterable<Event>, lane = "main"): Transcript {
  const transcript: Transcript = {
    messages: [],
    steps: 0,
    pending: null,
    answer: null,
    forced: null,
    idleSteps: 0,
    finishRequested: false,
    countedTokens: null,
    uncountedCharacters: 0,
  };
  let question = "";
  for (const event of events) {
    if ("lane" in event && event.lane !== lane) continue;
    switch (event.type) {
      case "run-queued":
        question = event.question;
        break;
      case "run-started":
        if (transcript.messages.length === 0) {
          say(transcript, "system", event.systemPrompt);
          say(transcript, "user", question);
        }
        break;
      case "step-ended":
        addStep(transcript, event);
        break;
      case "tool-called":
        if (transcript.pending?.callId === event.callId) transcript.pending.called = true;
        break;
      case "tool-returned":
        transcript.pending = null;
        say(transcript, "user", asObservation(event.outcome.text));
        break;
      case "stop-requested":
        if (event.kind === "finish") transcript.finishRequested = true;
        break;
    }
  }
  return transcript;
}

function addStep(transcript: Transcript, event: EventOf<"step-ended">): void {
  transcript.steps = event.step;
  transcript.forced = event.forced ?? null;
  transcript.idleSteps = event.move.kind === "none" ? transcript.idleSteps + 1 : 0;
  say(transcript, "assistant", event.raw);
  if (event.usage) {
    transcript.countedTokens = event.usage.promptTokens + event.usage.completionTokens;
    transcript.uncountedCharacters = 0;
  }
  switch (event.move.kind) {
    case "answer":
      transcript.answer = event.move.text;
      return;
    case "call":
      transcript.pending = {
        callId: callIdOf(event.lane, event.step),
        step: event.step,
        tool: event.move.tool,
        arguments: event.move.arguments,
        called: false,
      };
      return;
    case "unreadable":
      say(transcript, "user", asObservation(event.move.problem));
      return;
    case "none":
      return;
    default:
      event.move satisfies never;
  }
}

function say(transcript: Transcript, role: ChatMessage["role"], content: string): void {
  transcript.messages.push({ role, content });
  transcript.uncountedCharacters += content.length;
}
