import type { ForcedBy } from "#lib/domain/event.ts";
import type { PendingCall, Transcript } from "#lib/domain/transcript.ts";
import type { BudgetLeft } from "./agent-run.ts";

export type NextMove =
  | { kind: "think"; forced: ForcedBy | null }
  | { kind: "act"; call: PendingCall }
  | { kind: "finish"; answer: string | null; forced: ForcedBy | null };

/** Turns in a row without call or answer after which the model is told to answer: it has lost the protocol. */
const idleLimit = 3;

/**
 * What a lane does next: a pure function of its conversation and what is left of the budget. The step that uses the last call of
 * the budget is already the forced one, so a limit never costs the answer; a forced step that gives none ends the run without one.
 */
export function nextMove(view: Transcript, left: BudgetLeft): NextMove {
  if (view.answer !== null) return { kind: "finish", answer: view.answer, forced: view.forced };
  if (view.forced) return { kind: "finish", answer: null, forced: view.forced };
  if (view.pending) return { kind: "act", call: view.pending };
  return { kind: "think", forced: limitReached(view, left) };
}

function limitReached(view: Transcript, left: BudgetLeft): ForcedBy | null {
  if (view.finishRequested) return "request";
  if (left.tokens <= 0) return "tokens";
  if (left.minutes <= 0) return "minutes";
  if (left.calls <= 1) return "calls";
  if (view.idleSteps >= idleLimit) return "no-move";
  return null;
}
