import { expect, test } from "vitest";
import { modelFailureReasonSchema } from "#lib/domain/model-card.ts";
import { failureReasonSchema } from "#lib/domain/outcome.ts";
import { failureWords, modelFailureWords, retryWords } from "./failure-words.ts";

test("every reason has words of its own", () => {
  const tools = failureReasonSchema.options.map(failureWords);
  expect(new Set(tools).size).toBe(tools.length);
  const models = modelFailureReasonSchema.options.map(modelFailureWords);
  expect(new Set(models).size).toBe(models.length);
  expect(models.every((words) => words.endsWith("."))).toBe(true);
});

test("an unknown reason is shown as it is written", () => {
  expect(failureWords("too-shy")).toBe("too-shy");
});

test("the retry counts down", () => {
  const failure = { attempt: 1, untilBack: false, retryInMs: 4_000, at: "2026-11-24T10:00:00.000Z" };
  const at = Date.parse(failure.at);
  expect(retryWords(failure, at)).toBe("Try 2 in 4 s.");
  expect(retryWords(failure, at + 3_200)).toBe("Try 2 in 1 s.");
  expect(retryWords(failure, at + 4_100)).toBe("Try 2 is running.");
  expect(retryWords({ ...failure, untilBack: false, retryInMs: null }, at)).toBe("It is not tried again.");
});
