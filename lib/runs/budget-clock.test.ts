import { expect, test } from "vitest";
import type { Event } from "#lib/domain/event.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { budgetClock, tokenLimit, wholeBudget } from "./budget-clock.ts";

test.each([
  [null, 112_640],
  [131_072, 112_640],
  [65_536, 65_536 - 18_192],
  [16_384, 8_192],
])("a window of %s leaves %s tokens for the conversation", (window, limit) => {
  expect(tokenLimit(window)).toBe(limit);
});

const clockOf = (options: {
  events?: Event[];
  share?: typeof wholeBudget;
  tokens?: number;
  count?: (messages: readonly ChatMessage[]) => Promise<number | null>;
}) =>
  budgetClock({
    budget: { calls: 10, minutes: 30, ...(options.tokens && { tokens: options.tokens }) },
    share: options.share ?? wholeBudget,
    model: { card: { dialect: "tongyi", name: "m", window: null }, ...(options.count && { countTokens: options.count }) },
    startedAt: "2026-11-24T10:00:00Z",
    events: options.events ?? [],
    signal: new AbortController().signal,
    clock: () => new Date("2026-11-24T10:20:00Z"),
  });
const conversation = { messages: [], countedTokens: 100_000, uncountedTokens: 1_000, steps: 4 };

test("counts minutes from the first start, so that a restart gives no new ones", async () => {
  expect(await clockOf({})(conversation)).toEqual({
    calls: 6,
    minutes: 10,
    tokens: 112_640 - 100_000 - 1_000,
    runTokens: Number.POSITIVE_INFINITY,
  });
});

const outage = (lane: string, from: string, to: string): Event[] => [
  {
    seq: 4,
    at: `2026-11-24T10:${from}:00Z`,
    type: "model-failed",
    lane,
    step: 5,
    attempt: 1,
    reason: "unreachable",
    detail: "away",
    retryInMs: 900_000,
    untilBack: true,
  },
  { seq: 5, at: `2026-11-24T10:${to}:00Z`, type: "model-returned", lane, step: 5, back: true, waitedMs: 1 },
];

test("does not count the time without any model server, and lanes that wait at the same time wait once", async () => {
  const [failed, returned] = outage("main", "05", "10");
  const [failedToo, returnedToo] = outage("researcher-2", "06", "11");
  expect(await clockOf({ events: outage("main", "05", "10") })(conversation)).toMatchObject({ minutes: 15 });
  const both = [failed, failedToo, returned, returnedToo].flatMap((event) => event ?? []);
  expect(await clockOf({ events: both })(conversation)).toMatchObject({ minutes: 16 });
});

test("an outage that is not over does not count so far", async () => {
  const [failed] = outage("main", "15", "30");
  expect(await clockOf({ events: failed ? [failed] : [] })(conversation)).toMatchObject({ minutes: 15 });
});

test("a lane has a share of the minutes and tokens of its run, of which every lane's count", async () => {
  const usage = { promptTokens: 900, completionTokens: 100 };
  const ended = (lane: string) => ({ type: "step-ended", lane, step: 1, usage }) as Event;
  const events = [ended("researcher-1"), ended("researcher-2")];
  const left = await clockOf({ events, tokens: 10_000, share: { minutes: 0.8, tokens: 0.5 } })(conversation);
  expect(left).toMatchObject({ minutes: 4, runTokens: 3_000 });
});

test("asks the server for the exact count only near the limit", async () => {
  const asked: number[] = [];
  const count = async (messages: readonly ChatMessage[]) => {
    asked.push(messages.length);
    return 105_000;
  };
  expect(await clockOf({ count })(conversation)).toMatchObject({ tokens: 11_640 });
  expect(asked).toEqual([]);
  expect(await clockOf({ count })({ ...conversation, uncountedTokens: 10_000 })).toMatchObject({ tokens: 112_640 - 105_000 });
  expect(asked).toEqual([0]);
  expect(await clockOf({ count: async () => null })({ ...conversation, uncountedTokens: 14_000 })).toMatchObject({ tokens: -1_360 });
});
