import { expect, test } from "vitest";
import type { PendingCall, Transcript } from "#lib/domain/transcript.ts";
import { nextMove } from "./next-move.ts";

const view = (changes: Partial<Transcript> = {}): Transcript => ({
  messages: [],
  steps: 3,
  pending: null,
  answer: null,
  forced: null,
  idleSteps: 0,
  finishRequested: false,
  countedTokens: 0,
  uncountedCharacters: 0,
  ...changes,
});
const left = { calls: 50, minutes: 60, tokens: 50_000 };
const call: PendingCall = { callId: "main-3", step: 3, tool: "search", arguments: {}, called: false };

test.each([
  ["thinks", view(), left, { kind: "think", forced: null }],
  ["acts on an open call", view({ pending: call }), left, { kind: "act", call }],
  [
    "finishes an open call even when the budget is used up",
    view({ pending: call }),
    { calls: 0, minutes: -1, tokens: -1 },
    { kind: "act", call },
  ],
  ["ends with the answer", view({ answer: "A" }), left, { kind: "finish", answer: "A", forced: null }],
  [
    "ends without an answer after a forced step that gave none",
    view({ forced: "calls" }),
    left,
    { kind: "finish", answer: null, forced: "calls" },
  ],
  [
    "ends with the answer of a forced step",
    view({ forced: "tokens", answer: "A" }),
    left,
    { kind: "finish", answer: "A", forced: "tokens" },
  ],
  ["forces the answer with the last call", view(), { ...left, calls: 1 }, { kind: "think", forced: "calls" }],
  ["forces the answer when time is up", view(), { ...left, minutes: 0 }, { kind: "think", forced: "minutes" }],
  ["forces the answer when the conversation is full", view(), { ...left, tokens: 0 }, { kind: "think", forced: "tokens" }],
  ["forces the answer on request", view({ finishRequested: true }), left, { kind: "think", forced: "request" }],
  ["lets a turn without call or answer go on", view({ idleSteps: 2 }), left, { kind: "think", forced: null }],
  ["forces the answer when the protocol is lost", view({ idleSteps: 3 }), left, { kind: "think", forced: "no-move" }],
])("%s", (_, seen, budget, move) => {
  expect(nextMove(seen, budget)).toEqual(move);
});
