import { expect, test } from "vitest";
import type { Event } from "#lib/domain/event.ts";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { budgetClock, tokenLimit } from "./budget-clock.ts";

test.each([
  [null, 112_640],
  [131_072, 112_640],
  [65_536, 65_536 - 18_192],
  [16_384, 8_192],
])("a window of %s leaves %s tokens for the conversation", (window, limit) => {
  expect(tokenLimit(window)).toBe(limit);
});

const clockOf = (options: { events?: Event[]; count?: (messages: readonly ChatMessage[]) => Promise<number | null> }) =>
  budgetClock({
    budget: { calls: 10, minutes: 30 },
    model: { card: { dialect: "tongyi", name: "m", window: null }, ...(options.count && { countTokens: options.count }) },
    startedAt: "2026-11-24T10:00:00Z",
    events: options.events ?? [],
    signal: new AbortController().signal,
    clock: () => new Date("2026-11-24T10:20:00Z"),
  });
const conversation = { messages: [], countedTokens: 100_000, uncountedTokens: 1_000, steps: 4 };

test("counts minutes from the first start, so that a restart gives no new ones", async () => {
  expect(await clockOf({})(conversation)).toEqual({ calls: 6, minutes: 10, tokens: 112_640 - 100_000 - 1_000 });
});

test("does not count the time without any model server", async () => {
  const away: Event = { seq: 5, at: "2026-11-24T10:10:00Z", type: "model-returned", lane: "main", step: 5, back: true, waitedMs: 300_000 };
  expect(await clockOf({ events: [away] })(conversation)).toMatchObject({ minutes: 15 });
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
