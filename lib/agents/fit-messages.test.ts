import { expect, test } from "vitest";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { fitMessages, fits } from "./fit-messages.ts";

const say = (role: "system" | "user" | "assistant", tokens: number): ChatMessage => ({ role, content: "abc".repeat(tokens) });
const prompt = [
  say("system", 100),
  say("user", 50),
  ...Array.from({ length: 5 }, () => [say("assistant", 100), say("user", 400)]).flat(),
  say("user", 50),
];

test("keeps system prompt, question, the order, and the newest turns that fit", () => {
  const fitted = fitMessages(prompt, { window: 2_000, leftOut: 0 });
  expect(fitted?.leftOut).toBe(6);
  expect(fitted?.messages).toEqual([...prompt.slice(0, 2), ...prompt.slice(8)]);
  expect(fits(fitted?.messages ?? [], 2_000)).toBe(true);
});

test("leaves out more each time it is asked again, until nothing is left to leave out", () => {
  const lefts: number[] = [];
  for (
    let leftOut = 0, fitted = fitMessages(prompt, { window: null, leftOut });
    fitted;
    fitted = fitMessages(prompt, { window: null, leftOut })
  ) {
    leftOut = fitted.leftOut;
    lefts.push(leftOut);
  }
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  expect(new Set(lefts).size).toBe(lefts.length);
  expect(lefts.at(-1)).toBe(10);
});

test("an unknown window tells nothing", () => {
  expect(fits(prompt, null)).toBe(false);
});
