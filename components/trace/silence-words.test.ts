import { expect, test } from "vitest";
import { silenceWords } from "./silence-words.ts";

const since = "2026-11-24T10:00:00.000Z";
const now = Date.parse("2026-11-24T10:00:22.700Z");
const words = (running: number | null, waiting: number | null, ours = false) => silenceWords({ since, running, waiting, ours }, now);

test.each([
  [words(3, 2), "The model is serving other requests. Nothing for 22 s, 2 requests wait there. Nothing is lost."],
  [words(3, 1), "The model is serving other requests. Nothing for 22 s, 1 request waits there. Nothing is lost."],
  [words(2, 0), "The model is serving other requests. Nothing for 22 s. Nothing is lost."],
  [words(1, 0), "Nothing from the model for 22 s, though it serves nobody else. It is waited for; nothing is lost."],
  [words(null, null), "Nothing from the model for 22 s. It is waited for; nothing is lost."],
  [words(null, null, true), "Waiting for a place at the model server, 22 s. Nothing is lost."],
])("%s", (said, expected) => {
  expect(said).toBe(expected);
});
