import type { Event, Fact } from "#lib/domain/event.ts";
import type { Model } from "#lib/model/model.ts";
import type { Tool, ToolContext } from "#lib/tools/tool.ts";

/** What is left of a run's budget at this moment. The loop asks it, never the clock. */
export interface BudgetLeft {
  calls: number;
  minutes: number;
  /** Tokens the conversation may still grow by before the model has to answer. */
  tokens: number;
}

/** How long to wait before try `attempt + 1` of a model call, or null to give up. */
export type RetryPolicy = (failure: { reason: string; retryAfterMs?: number }, attempt: number) => number | null;

/** Everything a loop has of the world: the log so far, one sink for new facts, the model, the tools. It knows no storage and no screen. */
export interface AgentRun {
  lane: string;
  /** The facts so far, in order, without live deltas. Grows as `append` is called. */
  events: readonly Event[];
  /**
   * Appends one fact. Resolves when it is durable, and rejects when another worker owns the run; `signal` aborts then too, so only what
   * must not be done twice (a finished thought, a finished call) has to be awaited.
   */
  append(fact: Fact): Promise<void>;
  model: Model;
  tools: readonly Tool[];
  toolContext: ToolContext;
  budget(conversation: { countedTokens: number | null; uncountedCharacters: number; steps: number }): BudgetLeft;
  retry: RetryPolicy;
  /** Aborted by "stop now" and when the worker leaves. */
  signal: AbortSignal;
  /** Monotonic milliseconds, injected. */
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
