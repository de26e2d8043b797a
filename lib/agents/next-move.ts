import type { ForcedBy } from "#lib/domain/event.ts";
import type { PendingCall } from "#lib/domain/lane-state.ts";
import type { WhenFull } from "#lib/domain/run.ts";
import type { Transcript } from "#lib/domain/transcript.ts";
import type { BudgetLeft } from "./agent-run.ts";

export type NextMove =
  | { kind: "think"; forced: ForcedBy | null }
  | { kind: "compact" }
  | { kind: "act"; calls: readonly PendingCall[] }
  | { kind: "finish"; answer: string | null; forced: ForcedBy | null };

/** Turns in a row without call or answer after which the model is told to answer: it has lost the protocol. */
const idleLimit = 3;

/** Steps in a row that ask for exactly the same: it goes in circles. */
const sameLimit = 4;

/**
 * What a lane does next: a pure function of its conversation and what is left of the budget. The step that uses the last call of
 * the budget is already the forced one, so a limit never costs the answer; a forced step that gives none ends the run without one.
 */
export function nextMove(view: Transcript, left: BudgetLeft, whenFull: WhenFull = "answer"): NextMove {
  if (view.answer !== null) return { kind: "finish", answer: view.answer, forced: view.forced };
  if (view.forced) return { kind: "finish", answer: null, forced: view.forced };
  if (view.pending.length > 0) return { kind: "act", calls: view.pending };
  const forced = limitReached(view, left);
  return forced === "tokens" && whenFull === "compact" && canCompact(view, left) ? { kind: "compact" } : { kind: "think", forced };
}

/** A summary needs something new to summarise, and a call after it that can use it: so it never follows itself. */
const canCompact = (view: Transcript, left: BudgetLeft) => view.steps > view.compactedAt && left.calls > 2 && left.minutes > 0;

function limitReached(view: Transcript, left: BudgetLeft): ForcedBy | null {
  if (view.finishRequested) return "request";
  if (left.tokens <= 0 || view.overflowedAt > view.steps) return "tokens";
  if (left.minutes <= 0) return "minutes";
  if (left.calls <= 1) return "calls";
  if (left.runTokens <= 0) return "run-tokens";
  if (view.idleSteps >= idleLimit) return "no-move";
  if (view.sameSteps >= sameLimit) return "repetition";
  return null;
}
