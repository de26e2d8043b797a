import { expect, test } from "vitest";
import { retryAfterOf } from "./retry-after.ts";

const now = Date.parse("2026-11-25T10:00:00Z");

test.each([
  ["30", 30_000],
  ["0.5", 500],
  ["100000", 60_000],
  ["Wed, 25 Nov 2026 10:00:20 GMT", 20_000],
  ["Wed, 25 Nov 2026 09:00:00 GMT", null],
  ["0", null],
  ["-3", null],
  ["soon", null],
  ["", null],
  [null, null],
])("%s asks for %s ms", (header, milliseconds) => {
  expect(retryAfterOf(header, now)).toBe(milliseconds);
});
