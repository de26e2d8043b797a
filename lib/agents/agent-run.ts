import type { Event, Fact } from "#lib/domain/event.ts";
import type { WhenFull } from "#lib/domain/run.ts";
import type { Transcript } from "#lib/domain/transcript.ts";
import type { Model, ModelFailure } from "#lib/model/model.ts";
import type { Tool, ToolContext } from "#lib/tools/tool.ts";

/** What is left of a run's budget at this moment. The loop asks it, never the clock. */
export interface BudgetLeft {
  calls: number;
  minutes: number;
  /** Tokens the conversation may still grow by before the model has to answer. */
  tokens: number;
  /** Tokens the whole run may still use; infinite where they are not limited. */
  runTokens: number;
}

/** What comes after a failed try of a model call. `when-back`: no server is left, and the next try comes when one is. */
export type AfterFailure = { kind: "again"; inMs: number } | { kind: "when-back"; withinMs: number } | { kind: "give-up" };

/** Decides after try number `attempt` of a step. */
export type RetryPolicy = (failure: ModelFailure, attempt: number) => AfterFailure;

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
  /** Undefined while the log takes more; else resolves when it does again. Whoever streams into it waits for that before going on. */
  room?(): Promise<void> | undefined;
  model: Model;
  tools: readonly Tool[];
  toolContext: ToolContext;
  budget(conversation: Pick<Transcript, "messages" | "countedTokens" | "uncountedTokens" | "steps">): Promise<BudgetLeft>;
  whenFull: WhenFull;
  /** Which of several samples of the same question this lane is, from 1. */
  sample?: number;
  /** Whether the model is asked how sure it was of its words. */
  logprobs?: boolean;
  retry: RetryPolicy;
  /** How long a server is waited for, when none is there, after the reader asked to finish with what there is. */
  finishWaitMs: number;
  /** Aborted by "stop now" and when the worker leaves. */
  signal: AbortSignal;
  /** Monotonic milliseconds, injected. */
  now(): number;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
