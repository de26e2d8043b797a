import { expect, test } from "vitest";
import { z } from "zod";
import { answering, bad, good } from "./answering.fixture.ts";
import type { Desk } from "./desk.ts";
import { withCache } from "./with-cache.ts";

const { signal } = new AbortController();

/** A cache in memory: what it does over a real database is tested beside the queries. */
function memory() {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key: string) => entries.get(key) ?? null,
    put: async ({ key, value }: { key: string; value: string }) => void entries.set(key, value),
  };
}

const caching = (desk: Desk<string, string>, cache: ReturnType<typeof memory>, version = 1) =>
  withCache(desk, {
    cache,
    tool: "t",
    version,
    scope: "s",
    lifetimeMs: 1_000,
    keyOf: (request) => request.trim(),
    form: z.string(),
    keeps: (value) => value !== "",
  });

test("what was brought is there the next time, under its version and provider alone", async () => {
  const cache = memory();
  const provider = answering(good("x"));
  expect(await caching(provider, cache).ask("q", signal)).toMatchObject({ answer: good("x"), cacheHit: false, tries: 1 });
  expect(await caching(provider, cache).ask(" q ", signal)).toMatchObject({ answer: good("x"), cacheHit: true, tries: 0 });
  await caching(provider, cache, 2).ask("q", signal);
  await caching({ ...provider, name: "b" }, cache).ask("q", signal);
  expect(provider.asked).toHaveLength(3);
});

test("failures and empty answers are not kept, and what does not fit is asked anew", async () => {
  const cache = memory();
  const provider = answering(bad("refused"), good(""), null, good("x"));
  for (const _ of [1, 2, 3]) await caching(provider, cache).ask("q", signal);
  expect(cache.entries.size).toBe(0);
  await caching(provider, cache).ask("q", signal);
  for (const key of cache.entries.keys()) cache.entries.set(key, '{"another": "shape"}');
  expect(await caching(provider, cache).ask("q", signal)).toMatchObject({ answer: good("x"), cacheHit: false });
});
