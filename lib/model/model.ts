import type { z } from "zod";
import type { StepMove, TextChannel } from "#lib/domain/event.ts";
import type { ModelCard, modelFailureReasonSchema } from "#lib/domain/model-card.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import type { Tool } from "#lib/tools/tool.ts";

export interface ModelFailure {
  reason: z.infer<typeof modelFailureReasonSchema>;
  /** One sentence for people; it names the address and the number. */
  detail: string;
  /** What the server asked us to wait (`Retry-After`). */
  retryAfterMs?: number;
}

export interface ModelUsage {
  promptTokens: number;
  completionTokens: number;
}

/** What arrives of one completion, in order; `ended` or `failed` is the last. */
export type ModelDelta =
  | { kind: "text"; text: string }
  | { kind: "ended"; finishReason: string; usage: ModelUsage | null }
  | { kind: "failed"; failure: ModelFailure };

/** Where completions come from: a server over HTTP, or the quoting policy. It never throws for a failure; it throws when `signal` aborted. */
export interface CompletionSource {
  complete(request: CompletionRequest, signal: AbortSignal): AsyncIterable<ModelDelta>;
}

export interface CompletionRequest {
  messages: ChatMessage[];
  maxTokens: number;
  sampling: { temperature: number; topP?: number; presencePenalty?: number };
  stop?: string[];
}

/** How a family of models is spoken to: its prompt, its sampling, and how its raw text is read. Pure. */
export interface Dialect {
  systemPrompt(tools: readonly Tool[], today: string): string;
  request(messages: ChatMessage[], card: ModelCard): CompletionRequest;
  /** Reads a finished turn. Never throws: what cannot be read is a move of kind `unreadable` whose `problem` is the observation for the model. */
  read(raw: string): { raw: string; thought: string; move: StepMove };
  /** Splits the live text into what is shown while it arrives. */
  splitter(): { push(text: string): { channel: TextChannel; text: string }[] };
  /** The order to answer now, for the given reason. */
  forcedInstruction: string;
}

/** A model as a run uses it. */
export interface Model {
  card: ModelCard;
  source: CompletionSource;
  dialect: Dialect;
}
