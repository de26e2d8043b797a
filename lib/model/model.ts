import type { z } from "zod";
import type { NativeTurn, StepMove, StepUsage, TextChannel, Uncertainty } from "#lib/domain/event.ts";
import type { Finding } from "#lib/domain/heavy.ts";
import type { ModelCard, modelFailureReasonSchema } from "#lib/domain/model-card.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import type { Tool } from "#lib/tools/tool.ts";

export interface ModelFailure {
  reason: z.infer<typeof modelFailureReasonSchema>;
  /** One sentence for people; it names the address and the number. */
  detail: string;
  /** What the server asked us to wait (`Retry-After`). */
  retryAfterMs?: number;
  /** Tokens the server accepts in all, where its refusal named them. */
  window?: number;
  /** With several servers: whether another one can be asked now, or none is left. Absent: there is no pool that could tell. */
  left?: "others" | "none";
}

/** What a server speaks, as it arrives. Text is `content`; a server with parsers sends the thought and the calls apart. */
export type SpokenDelta =
  | { kind: "text"; text: string }
  | { kind: "reasoning"; text: string }
  /** A fragment of the call at `index`: the id and the name come with the first, the arguments add up. */
  | { kind: "call"; index: number; id: string; name: string; arguments: string };

/** What arrives of one completion, in order; `ended` or `failed` is the last. */
export type ModelDelta =
  | SpokenDelta
  | { kind: "ended"; finishReason: string; usage: StepUsage | null; uncertainty?: Uncertainty | null }
  | { kind: "failed"; failure: ModelFailure };

/** Nothing has come of a request for this long: told while it lasts. */
export interface Silence {
  silentMs: number;
  load: ServerLoad | null;
  /** It waits for a place among our own requests; the server has not been asked yet. */
  ours: boolean;
}

/** Requests a server works on and requests that wait there, from its metrics. */
export interface ServerLoad {
  running: number;
  waiting: number;
  /** Tokens generated since the server started: while it rises, the server is busy and not hanging. */
  generated: number;
}

/** Where completions come from: a server over HTTP, or the quoting policy. It never throws for a failure; it throws when `signal` aborted. */
export interface CompletionSource {
  complete(request: CompletionRequest, signal: AbortSignal, onSilence?: (silence: Silence) => void): AsyncIterable<ModelDelta>;
}

export interface CompletionRequest {
  messages: ChatMessage[];
  maxTokens: number;
  sampling: { temperature: number; topP?: number; presencePenalty?: number };
  stop?: string[];
  /** Offered as fields of the request, where the dialect is native; `forbidden` keeps them in the prompt, so that its prefix stays the same. */
  tools?: { offered: readonly Tool[]; forbidden: boolean };
  /** Which of several samples of the same question this belongs to, from 1. Not sent: a server draws its own; the quoting policy has no other chance. */
  sample?: number;
  /** Whether the probabilities of the tokens are wanted, to tell how unsure the model was. */
  logprobs?: boolean;
}

/** How a family of models is spoken to: its prompt, its sampling, and how its turns are read. Pure. */
export interface Dialect {
  systemPrompt(tools: readonly Tool[], today: string): string;
  request(messages: ChatMessage[], card: ModelCard, tools: { offered: readonly Tool[]; forbidden: boolean }): CompletionRequest;
  /** `foresee` is told the values of calls that are still being written. */
  listen(foresee?: (value: ForeseenValue) => void): TurnReader;
  /** The order to answer now, for the given reason. */
  forcedInstruction: string;
}

/** A string among the arguments of a call that is whole, while the call is not yet. */
export interface ForeseenValue {
  tool: string;
  argument: string;
  value: string;
}

/** Reads one turn while it arrives. */
export interface TurnReader {
  /** Takes what arrived and gives what is to be shown of it. */
  push(delta: SpokenDelta): { channel: TextChannel; text: string }[];
  /** The finished turn. Never throws: what cannot be read is a move whose `problem` is the observation for the model. */
  end(finishReason: string): Turn;
}

export interface Turn {
  raw: string;
  native?: NativeTurn;
  thought: string;
  move: StepMove;
  /** The rewritten report of a round; null where it is missing. Absent where none is asked for. */
  report?: string | null;
  /** What a synthesis compared. */
  findings?: Finding[];
}

/** A model as a run uses it. */
export interface Model {
  card: ModelCard;
  source: CompletionSource;
  dialect: Dialect;
  /** The window as it is known now: a server that was away when the run began tells it later. Absent: what the card says. */
  windowNow?(): number | null;
  /** Resolves to true as soon as a server can be asked, to false when none could be for `withinMs`. Absent: there is no server to wait for. */
  whenBack?(withinMs: number, signal: AbortSignal): Promise<boolean>;
  /** The exact number of tokens of a prompt as the server counts them; null when it does not tell. */
  countTokens?(messages: ChatMessage[], signal: AbortSignal): Promise<number | null>;
}
