import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { type Asked, asked, type Desk } from "./asked.ts";
import { openDesk } from "./open-desk.ts";
import { withBreaker } from "./with-breaker.ts";
import { withCache } from "./with-cache.ts";
import { askInTurn } from "./with-fallback.ts";
import { withQueue } from "./with-queue.ts";
import { deskOf, withRetry } from "./with-retry.ts";
import { withSingleFlight } from "./with-single-flight.ts";

afterEach(() => void vi.useRealTimers());

const signal = new AbortController().signal;
const good = (value: string): Answer<string> => ({ ok: true, value });
const bad = (reason: Extract<Answer<string>, { ok: false }>["reason"], more: { retryAfterMs?: number } = {}): Answer<string> => ({
  ok: false,
  reason,
  detail: `because of ${reason}`,
  ...more,
});

/** A provider that answers with one after the other, the last one for good, and counts how often it was asked. */
function answering(...answers: (Answer<string> | null)[]): Desk<string, string> & { asked: string[] } {
  const requests: string[] = [];
  const desk = deskOf("a", async (request: string) => {
    requests.push(request);
    return answers[Math.min(requests.length, answers.length) - 1] ?? null;
  });
  return { ...desk, asked: requests };
}

test.each([
  ["what may pass is asked again", [bad("server-error"), bad("unreachable"), good("x")], true, 3],
  ["at most so often", [bad("timed-out")], false, 3],
  ["what will not pass is not", [bad("refused"), good("x")], false, 1],
  ["nor somebody who is not responsible", [null], false, 1],
  ["a wait that is asked for is waited", [bad("rate-limited", { retryAfterMs: 1 }), good("x")], true, 2],
  ["but not a long one: somebody else is asked", [bad("rate-limited", { retryAfterMs: 60_000 }), good("x")], false, 1],
] as const)("retry: %s", async (_, answers, ok, tries) => {
  const provider = answering(...answers);
  const answer = await withRetry(provider, { tries: 3, pauseMs: 1 }).ask("q", signal);
  expect([answer.answer?.ok ?? false, answer.tries, provider.asked.length]).toEqual([ok, tries, tries]);
});

test("retry: pauses grow and are jittered, and an abort ends them", async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  const pausing = withRetry(answering(bad("server-error")), { tries: 9, pauseMs: 10_000, patienceMs: 1e9, random: () => 1 }).ask(
    "q",
    stop.signal,
  );
  stop.abort(new Error("stopped"));
  await expect(pausing).rejects.toThrow("stopped");
});

test("breaker: opens after failures in a row, says so, lets one through after its rest, and closes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const provider = answering(bad("server-error"), bad("unreachable"), good("back"));
  const desk = withBreaker(provider, { failures: 2, restMs: 1_000 });
  await desk.ask("q", signal);
  await desk.ask("q", signal);
  expect(await desk.ask("q", signal)).toMatchObject({ answer: { ok: false, reason: "resting" }, tries: 0 });
  expect(provider.asked).toHaveLength(2);
  vi.setSystemTime(Date.now() + 1_001);
  expect(await desk.ask("q", signal)).toMatchObject({ answer: good("back") });
  expect(await desk.ask("q", signal)).toMatchObject({ answer: good("back") });
});

test("breaker: a refusal, a limit, an answer in between and another part of the service do not open it", async () => {
  const refusing = answering(bad("refused"), bad("rate-limited"), bad("not-found"));
  const desk = withBreaker(refusing, { failures: 1 });
  for (const _ of [1, 2, 3, 4]) expect((await desk.ask("q", signal)).answer).not.toMatchObject({ reason: "resting" });
  const failing = withBreaker(answering(bad("server-error")), { failures: 1, partOf: (url: string) => url[0] ?? "" });
  await failing.ask("a1", signal);
  expect((await failing.ask("a2", signal)).answer).toMatchObject({ reason: "resting" });
  expect((await failing.ask("b1", signal)).answer).toMatchObject({ reason: "server-error" });
});

test("queue: so many at a time for each part", async () => {
  const gate = Promise.withResolvers<void>();
  let most = 0;
  let now = 0;
  const slow = deskOf("a", async () => {
    most = Math.max(most, ++now);
    await gate.promise;
    now--;
    return good("x");
  });
  const desk = withQueue(slow, { atOnce: 2, partOf: (request: string) => request });
  const asking = ["a", "a", "a", "a", "b"].map((request) => desk.ask(request, signal));
  await vi.waitFor(() => expect(now).toBe(3));
  gate.resolve();
  const answers = await Promise.all(asking);
  expect(most).toBe(3);
  expect(answers.map(({ answer }) => answer?.ok)).toEqual([true, true, true, true, true]);
});

test("queue: an abort leaves the queue", async () => {
  const gate = Promise.withResolvers<void>();
  const desk = withQueue(
    deskOf("a", async () => {
      await gate.promise;
      return good("x");
    }),
    { atOnce: 1 },
  );
  const first = desk.ask("1", signal);
  const stop = new AbortController();
  const second = desk.ask("2", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(second).rejects.toThrow("stopped");
  gate.resolve();
  expect((await first).answer).toEqual(good("x"));
});

test("single flight: the same request at a time is made once, another one is not, and the next is made anew", async () => {
  const gate = Promise.withResolvers<void>();
  const provider = answering(good("x"));
  const slow: Desk<string, string> = {
    name: "a",
    async ask(request, inner) {
      const answer = await provider.ask(request, inner);
      await gate.promise;
      return answer;
    },
  };
  const desk = withSingleFlight(slow, (request) => request.toLowerCase());
  const asking = ["q", "Q", "r"].map((request) => desk.ask(request, signal));
  gate.resolve();
  expect((await Promise.all(asking)).map(({ answer }) => answer)).toEqual([good("x"), good("x"), good("x")]);
  expect(provider.asked).toEqual(["q", "r"]);
  await desk.ask("q", signal);
  expect(provider.asked).toEqual(["q", "r", "q"]);
});

test("single flight: who stops waiting leaves the others their answer; when all have left, the request ends", async () => {
  const gate = Promise.withResolvers<void>();
  const slow: Desk<string, string> = {
    name: "a",
    async ask(): Promise<Asked<string>> {
      await gate.promise;
      return asked(good("x"));
    },
  };
  const desk = withSingleFlight(slow, (request) => request);
  const [one, other] = [new AbortController(), new AbortController()];
  const first = desk.ask("q", one.signal);
  const second = desk.ask("q", other.signal);
  one.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  gate.resolve();
  expect((await second).answer).toEqual(good("x"));

  const ended = Promise.withResolvers<unknown>();
  const endless: Desk<string, string> = {
    name: "a",
    ask: (_, inner) => {
      inner.addEventListener("abort", () => ended.resolve(inner.reason));
      return new Promise(() => {});
    },
  };
  const forever = withSingleFlight(endless, (request) => request);
  const leaving = new AbortController();
  const alone = forever.ask("q", leaving.signal);
  leaving.abort(new Error("left"));
  await expect(alone).rejects.toThrow("left");
  await ended.promise;
});

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
    lifetimeMs: 1_000,
    keyOf: (request) => request.trim(),
    form: z.string(),
    keeps: (value) => value !== "",
  });

test("cache: what was brought is there the next time, under its version and provider alone", async () => {
  const cache = memory();
  const provider = answering(good("x"));
  expect(await caching(provider, cache).ask("q", signal)).toMatchObject({ answer: good("x"), cacheHit: false, tries: 1 });
  expect(await caching(provider, cache).ask(" q ", signal)).toMatchObject({ answer: good("x"), cacheHit: true, tries: 0 });
  await caching(provider, cache, 2).ask("q", signal);
  await caching({ ...provider, name: "b" }, cache).ask("q", signal);
  expect(provider.asked).toHaveLength(3);
});

test("cache: failures and empty answers are not kept, and what does not fit is asked anew", async () => {
  const cache = memory();
  const provider = answering(bad("refused"), good(""), null, good("x"));
  for (const _ of [1, 2, 3]) await caching(provider, cache).ask("q", signal);
  expect(cache.entries.size).toBe(0);
  await caching(provider, cache).ask("q", signal);
  for (const key of cache.entries.keys()) cache.entries.set(key, '{"another": "shape"}');
  expect(await caching(provider, cache).ask("q", signal)).toMatchObject({ answer: good("x"), cacheHit: false });
});

test("chain: who is not responsible is no attempt, and what every attempt took is told", async () => {
  const stored: Desk<string, string> = { name: "c", ask: async () => asked(good("x"), { tries: 0, waitedMs: 12, cacheHit: true }) };
  const failing = { ...withRetry(answering(bad("server-error")), { tries: 2, pauseMs: 1 }), name: "b" };
  expect(await askInTurn([answering(null), failing, stored], "q", signal)).toMatchObject({
    answer: good("x"),
    provider: "c",
    cacheHit: true,
    attempts: [
      { provider: "b", ok: false, reason: "server-error", detail: "because of server-error", tries: 2 },
      { provider: "c", ok: true, tries: 0, waitedMs: 12, cacheHit: true },
    ],
  });
  expect(await askInTurn([answering(null)], "q", signal)).toMatchObject({
    answer: { ok: false, reason: "unsupported-type" },
    provider: null,
  });
});

test("chain: an answer that lacks something is none, a deadline is a failure, a stop is thrown", async () => {
  const lacking = (value: string) => (value === "" ? ({ ok: false, reason: "no-results", detail: "" } as const) : null);
  expect(await askInTurn([answering(good("")), answering(good("x"))], "q", signal, { lacking })).toMatchObject({ answer: good("x") });
  const hanging: Desk<string, string> = {
    name: "a",
    ask: (_, inner) => new Promise((_resolve, reject) => inner.addEventListener("abort", () => reject(inner.reason))),
  };
  const deadline = new AbortController();
  const late = askInTurn([hanging], "q", deadline.signal, { stopped: signal });
  deadline.abort();
  expect(await late).toMatchObject({ answer: { ok: false, reason: "timed-out" } });
  const stop = new AbortController();
  const stopped = askInTurn([hanging], "q", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(stopped).rejects.toThrow("stopped");
});

test("all of them together: five hundred calls of a provider in trouble cost it a few requests", async () => {
  let requests = 0;
  const desk = openDesk(
    {
      name: "a",
      manners: { atOnce: 4, local: true },
      ask: async () => {
        requests++;
        return bad("server-error");
      },
    },
    { retry: { tries: 3, pauseMs: 1 }, breaker: { failures: 5, restMs: 60_000 } },
  );
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, index) => askInTurn([desk, deskOf("b", async () => good("x"))], String(index), signal)),
  );
  expect(answers.every(({ provider }) => provider === "b")).toBe(true);
  expect(requests).toBeLessThan(20);
});
