import type { AskedCall, Event, EventOf, ForcedBy } from "./event.ts";
import { type LaneMessages, noMessages, withMessage } from "./lane-messages.ts";

/** A call the model asked for whose outcome is not in the log yet. */
export interface PendingCall {
  callId: string;
  step: number;
  asked: AskedCall;
  /** `tool-called` is in the log: a worker began it and may have died in it. */
  called: boolean;
}

/** How far a lane is, whatever its prompt is made of. */
export interface LaneState {
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
  /** Steps in a row, the last included, that asked for what some earlier step had asked for. */
  repeatedSteps: number;
  /** The earlier step that asked for exactly what the last one did. */
  repeatOf: number | null;
  lastAsked: string;
  /** What was asked for, and the step that did first. */
  asked: Map<string, number>;
  finishRequested: boolean;
  /** What the reader added to the question since. */
  reader: LaneMessages;
  /** The step in which the conversation was last summarised; 0 when it never was. */
  compactedAt: number;
  /** The step whose prompt a server refused for its length; 0 when none did. */
  overflowedAt: number;
}

/** The id of a call: its place is the id, so that a resumed run gives the same one. The first call of a step is named by the step alone. */
export const callIdOf = (lane: string, step: number, index = 0) => (index === 0 ? `${lane}-${step}` : `${lane}-${step}-${index + 1}`);

/** What a lane is told that makes the same call again. */
export const repeatNote = (step: number) =>
  `This is exactly the call of step ${step}, and its response is known already. Do something else, or give the final response.`;

export const emptyLaneState = (): LaneState => ({
  steps: 0,
  pending: [],
  answer: null,
  forced: null,
  idleSteps: 0,
  sameSteps: 0,
  repeatedSteps: 0,
  repeatOf: null,
  lastAsked: "",
  asked: new Map(),
  finishRequested: false,
  reader: noMessages,
  compactedAt: 0,
  overflowedAt: 0,
});

/** A thought of the lane has ended: what it decided is what is open now. */
export function endStepIn(state: LaneState, { lane, step, move, forced }: EventOf<"step-ended">): void {
  const asked = move.kind === "calls" ? JSON.stringify(move.calls) : "";
  state.steps = step;
  if (state.answer === null) state.forced = forced ?? null;
  state.idleSteps = move.kind === "none" ? state.idleSteps + 1 : 0;
  state.sameSteps = asked !== "" && asked === state.lastAsked ? state.sameSteps + 1 : 1;
  state.repeatOf = state.asked.get(asked) ?? null;
  state.repeatedSteps = state.repeatOf === null ? 0 : state.repeatedSteps + 1;
  state.lastAsked = asked;
  if (asked !== "" && state.repeatOf === null) state.asked.set(asked, step);
  if (move.kind === "answer") state.answer = move.text;
  if (move.kind === "calls")
    state.pending = move.calls.map((call, index) => ({ callId: callIdOf(lane, step, index), step, asked: call, called: false }));
}

/** Everything else of the lane that says how far it is, but for what calls return. */
export function noteIn(state: LaneState, event: Event, lane: string): void {
  switch (event.type) {
    case "model-failed":
      if (event.reason === "context-overflow") state.overflowedAt = event.step;
      return;
    case "tool-called":
      for (const call of state.pending) if (call.callId === event.callId) call.called = true;
      return;
    case "stop-requested":
      if (event.kind === "finish") state.finishRequested = true;
      return;
    case "message-queued":
    case "message-delivered":
      state.reader = withMessage(state.reader, event, lane);
      return;
  }
}

/** The lane goes on from a summary: what it did before does not count as repeated. */
export function compactIn(state: LaneState, step: number): void {
  state.steps = step;
  state.compactedAt = step;
  state.asked.clear();
  Object.assign(state, { idleSteps: 0, sameSteps: 0, repeatedSteps: 0, repeatOf: null, lastAsked: "" });
}
