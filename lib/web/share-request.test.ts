import { expect, test } from "vitest";
import { shareListingSchema, shareRequestSchema } from "./share-request.ts";

const inDays = (days: number) => new Date(Date.now() + days * 24 * 3_600_000).toISOString();
const troubleOf = (value: unknown) => shareRequestSchema.safeParse(value).error?.issues[0];

test("a link that says nothing opens the report for thirty days, unlisted", () => {
  const { scope, indexable, expiresAt } = shareRequestSchema.parse({});
  expect({ scope, indexable }).toEqual({ scope: "report", indexable: false });
  expect(Math.abs(expiresAt.getTime() - Date.parse(inDays(30)))).toBeLessThan(60_000);
});

test.each([
  ["an unknown scope", { scope: "everything" }, "scope", /report/],
  ["an end in the past", { expiresAt: inDays(-1) }, "expiresAt", /is in the past/],
  ["an end in two years", { expiresAt: inDays(700) }, "expiresAt", /more than 366 days/],
  ["no end", { expiresAt: null }, "expiresAt", /.+/],
  ["an end that is no time", { expiresAt: "tomorrow" }, "expiresAt", /is not a time/],
  ["words for yes", { indexable: "yes" }, "indexable", /.+/],
])("%s is refused with the name of the field", (_, value, field, words) => {
  expect(troubleOf(value)?.path).toEqual([field]);
  expect(troubleOf(value)?.message).toMatch(words);
});

test("an end within the year is taken", () => {
  const expiresAt = inDays(365);
  expect(shareRequestSchema.parse({ expiresAt }).expiresAt.toISOString()).toBe(expiresAt);
});

test("a cursor is what a page before gave", () => {
  const id = "2b1f0a52-90aa-4c4e-8b2e-0f6f3f1a7c11";
  expect(shareListingSchema.safeParse({ cursor: `2026-11-25T09:30:00.123456Z_${id}` }).success).toBe(true);
  expect(shareListingSchema.safeParse({ cursor: `2026-99-25T09:30:00.123456Z_${id}` }).success).toBe(false);
  expect(shareListingSchema.safeParse({ cursor: "1" }).success).toBe(false);
});
