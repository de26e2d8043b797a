import { expect, test } from "vitest";
import { emptyLaneState, type PendingCall } from "#lib/domain/lane-state.ts";
import type { Transcript } from "#lib/domain/transcript.ts";
import { nextMove } from "./next-move.ts";

const view = (changes: Partial<Transcript> = {}): Transcript => ({
  ...emptyLaneState(),
  messages: [],
  steps: 3,
  sameSteps: 1,
  countedTokens: 0,
  uncountedTokens: 0,
  ...changes,
});
const left = { calls: 50, minutes: 60, tokens: 50_000, runTokens: Number.POSITIVE_INFINITY };
const call: PendingCall = { callId: "main-3", step: 3, asked: { tool: "search", arguments: {} }, called: false };

test.each([
  ["thinks", view(), left, { kind: "think", forced: null }],
  ["acts on an open call", view({ pending: [call] }), left, { kind: "act", calls: [call] }],
  [
    "finishes an open call even when the budget is used up",
    view({ pending: [call] }),
    { calls: 0, minutes: -1, tokens: -1, runTokens: 1 },
    { kind: "act", calls: [call] },
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
  ["forces the answer when the run has used its tokens", view(), { ...left, runTokens: 0 }, { kind: "think", forced: "run-tokens" }],
  ["forces the answer when the conversation is full", view(), { ...left, tokens: 0 }, { kind: "think", forced: "tokens" }],
  ["forces the answer on request", view({ finishRequested: true }), left, { kind: "think", forced: "request" }],
  ["lets a turn without call or answer go on", view({ idleSteps: 2 }), left, { kind: "think", forced: null }],
  ["forces the answer when the protocol is lost", view({ idleSteps: 3 }), left, { kind: "think", forced: "no-move" }],
  ["lets the same call be made again", view({ sameSteps: 3 }), left, { kind: "think", forced: null }],
  ["forces the answer when it goes in circles", view({ sameSteps: 4 }), left, { kind: "think", forced: "repetition" }],
])("%s", (_, seen, budget, move) => {
  expect(nextMove(seen, budget)).toEqual(move);
});

test.each([
  ["summarises a full conversation where the run may", view(), { ...left, tokens: 0 }, { kind: "compact" }],
  ["summarises what a server refused for its length", view({ overflowedAt: 4 }), left, { kind: "compact" }],
  ["goes on after it", view({ overflowedAt: 3, compactedAt: 3 }), left, { kind: "think", forced: null }],
  ["never summarises a summary", view({ compactedAt: 3 }), { ...left, tokens: 0 }, { kind: "think", forced: "tokens" }],
  ["needs a call for the summary and one to use it", view(), { ...left, tokens: 0, calls: 2 }, { kind: "think", forced: "tokens" }],
  [
    "finishes rather than summarises on request",
    view({ finishRequested: true }),
    { ...left, tokens: 0 },
    { kind: "think", forced: "request" },
  ],
])("%s", (_, seen, budget, move) => {
  expect(nextMove(seen, budget, "compact")).toEqual(move);
});
