import { expect, test } from "vitest";
import { hadTrouble, healthyStart, searchLimitations, withSearch } from "./search-health.ts";
import type { Attempt, SearchDetails } from "./tool-details.ts";

const ok = (provider: string): Attempt => ({ provider, ok: true, durationMs: 1 });
const failed = (provider: string, detail = "HTTP 502"): Attempt => ({ provider, ok: false, reason: "server-error", detail, durationMs: 1 });
const empty = (provider: string): Attempt => ({ provider, ok: false, reason: "no-results", durationMs: 1 });
const resting = (provider: string): Attempt => ({ provider, ok: false, reason: "resting", detail: "not asked", durationMs: 0 });

/** A call of one query for each list of attempts. */
const call = (...queries: Attempt[][]): SearchDetails => ({
  kind: "search",
  queries: queries.map((attempts) => {
    const answered = attempts.some((attempt) => attempt.ok);
    const reason = attempts.find((attempt) => attempt.reason !== "no-results")?.reason ?? "no-results";
    return { query: "q", provider: null, hits: [], attempts, ...(!answered && { failure: reason }) };
  }),
});
const over = (...calls: SearchDetails[]) => calls.reduce(withSearch, healthyStart);

test("nothing to say when everybody answered, or found nothing", () => {
  const health = over(call([ok("searxng")], [empty("searxng"), ok("wikipedia")]), call([empty("searxng"), empty("wikipedia")]));
  expect(health).toMatchObject({ queries: 3, unanswered: 0 });
  expect([hadTrouble(health), searchLimitations(health)]).toEqual([false, []]);
});

test("a failure that another provider made good is trouble, and no limitation while the first answered too", () => {
  const health = over(call([failed("searxng"), ok("wikipedia")]), call([ok("searxng")]));
  expect([hadTrouble(health), searchLimitations(health)]).toEqual([true, []]);
});

test("a provider that never answered is a limitation, with its reason and who answered instead", () => {
  const health = over(
    call([failed("serper", "HTTP 401"), ok("wikipedia")]),
    call([resting("serper"), ok("wikipedia")], [resting("serper"), ok("corpus")]),
  );
  expect(searchLimitations(health)).toEqual([
    "Serper failed for all 3 searches (HTTP 401). What was found comes from Wikipedia and your documents.",
  ]);
});

test("searches without an answer are counted", () => {
  expect(searchLimitations(over(call([failed("searxng")], [ok("searxng")], [ok("searxng")])))).toEqual([
    "1 of 3 searches was not answered: SearXNG failed for 1 of 3 searches (HTTP 502).",
  ]);
  expect(searchLimitations(over(call([failed("searxng"), failed("wikipedia", "No connection")])))).toEqual([
    "The only search was not answered: SearXNG failed for the only search (HTTP 502); Wikipedia failed for the only search (No connection).",
  ]);
});

test("pages and files are no searches", () => {
  expect(withSearch(healthyStart, { kind: "none" })).toBe(healthyStart);
});
