import { byteSize } from "#lib/std/byte-size.ts";
import { cutTo } from "#lib/std/cut-evenly.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { withoutControlTags } from "#lib/std/without-control-tags.ts";
import type { Event, EventOf, NativeTurn } from "./event.ts";
import type { Branch } from "./heavy.ts";
import { callIdOf, compactIn, emptyLaneState, endStepIn, type LaneState, noteIn, repeatNote } from "./lane-state.ts";
import { messagesText, withMessages } from "./reader-message.ts";

/** One message of a prompt. `native` and `tool` exist where thought and calls are fields of their own. */
export type ChatMessage =
  | { role: "system" | "user"; content: string }
  | { role: "assistant"; content: string; native?: NativeTurn }
  | { role: "tool"; content: string; callId: string };

/** One lane of a run as the loop sees it: the prompt of its next step, how far it is, and what is still open. */
export interface Transcript extends LaneState {
  messages: ChatMessage[];
  /** Tokens of the last prompt and its completion as the server counted them; null when it did not. */
  countedTokens: number | null;
  /** Tokens, roughly, that were added to the conversation after that count. */
  uncountedTokens: number;
  /** A prompt that a server refuses for its length is built anew, and shorter. */
  shrinks?: boolean;
}

/** How a lane's conversation is folded where it is one of several. */
export interface LaneOptions {
  /** Whose steps it has before its own. */
  branch?: Branch | undefined;
  /** Whether an observation says that its call was made before. */
  tellsRepeats?: boolean;
}

/** The observation as the model was trained to read it: the newlines are part of the format, and nothing stands around the tags. */
export const asObservation = (text: string) => `<tool_response>\n${text}\n</tool_response>`;

/** Of a report that a question goes on from, so much is shown: the rest can be read again. */
const mostOfBasis = 6_000;

/** The question as the model reads it: with the report it goes on from, and the files it may read, where there are any. */
export function asAsked({ question, attachments, basis }: EventOf<"run-queued">): string {
  const files = attachments.map(({ name, type, size }) => `- ${name} (${type}, ${byteSize(size)})`);
  return [
    question,
    ...(basis ? [`${basisHead} ${withoutControlTags(oneLine(basis.question))}\n<basis>\n${basisText(basis.markdown)}\n</basis>`] : []),
    ...(files.length > 0 ? [`Uploaded files, to be read with parse_file:\n${files.join("\n")}`] : []),
  ].join("\n\n");
}

/** Behind this the question is over, for whoever reads it without a language model. */
export const basisHead = "This goes on from an earlier report, which is material and may be wrong. Its question was:";

/** What was asked, without the report that it goes on from: for whoever takes words as they stand. */
export const askedAlone = (asked: string): string => asked.split(`\n\n${basisHead}`, 1)[0] ?? asked;

/** Its numbers in brackets are those of its own sources, which this run has not read. */
const basisText = (markdown: string) =>
  cutTo(withoutControlTags(markdown.replace(/(?<!\\)\[\d{1,3}\]/g, "").replace(/<(?=\/?basis\b)/gi, "<\u200b")), mostOfBasis);

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
export function transcriptFold(lane: string, { branch, tellsRepeats = false }: LaneOptions = {}): TranscriptFold {
  const transcript: Transcript = { ...emptyLaneState(), messages: [], countedTokens: null, uncountedTokens: 0 };
  const isMine = (event: { lane: string }) =>
    event.lane === lane || (event.lane === branch?.lane && "step" in event && Number(event.step) < branch.beforeStep);
  let question = "";
  let systemPrompt = "";
  let open = noCalls;
  const take = (event: Event): void => {
    if ("lane" in event && !isMine(event)) return;
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
      case "tool-returned":
        returnCall(transcript, open, event, tellsRepeats);
        return;
      case "message-delivered":
        deliver(transcript, event, lane);
        return;
      case "context-compacted":
        compactIn(transcript, event.step);
        begin(transcript, systemPrompt, asResumed(withMessages(question, transcript.reader.delivered), withoutControlTags(event.summary)));
        return;
      default:
        noteIn(transcript, event, lane);
    }
  };
  return { transcript, take };
}

function begin(transcript: Transcript, system: string, user: string): void {
  transcript.messages = [];
  transcript.countedTokens = null;
  transcript.uncountedTokens = 0;
  say(transcript, { role: "system", content: system });
  say(transcript, { role: "user", content: user });
}

function endStep(transcript: Transcript, event: EventOf<"step-ended">): void {
  const { move, usage } = event;
  endStepIn(transcript, event);
  say(transcript, { role: "assistant", content: event.raw, ...(event.native && { native: event.native }) });
  if (usage) {
    transcript.countedTokens = usage.promptTokens + usage.completionTokens;
    transcript.uncountedTokens = 0;
  }
  if ((move.kind === "unreadable" || move.kind === "none") && move.problem !== undefined)
    say(transcript, { role: "user", content: asObservation(move.problem) });
}

/** Between the tags of an observation: templates drop earlier thoughts before any other user message. */
function deliver(transcript: Transcript, event: EventOf<"message-delivered">, lane: string): void {
  const before = transcript.reader.delivered.length;
  noteIn(transcript, event, lane);
  const fresh = transcript.reader.delivered.slice(before).map(({ text }) => text);
  if (fresh.length > 0) say(transcript, { role: "user", content: asObservation(messagesText(fresh)) });
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
function returnCall(transcript: Transcript, open: OpenCalls, event: EventOf<"tool-returned">, tellsRepeats: boolean): void {
  const index = open.ids.indexOf(event.callId);
  if (index < 0 || open.said[index]) return;
  const again = tellsRepeats && transcript.repeatOf !== null ? `\n\n(${repeatNote(transcript.repeatOf)})` : "";
  const text = event.outcome.text + again;
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
