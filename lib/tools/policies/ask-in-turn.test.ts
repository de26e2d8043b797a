import { expect, test } from "vitest";
import { answering, bad, good } from "./answering.fixture.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { asked, type Desk } from "./desk.ts";
import { withRetry } from "./with-retry.ts";

const { signal } = new AbortController();

test("who is not responsible is no attempt, and what every attempt took is told", async () => {
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

test("an answer that lacks something is none, and a stop is thrown", async () => {
  const lacking = (value: string) => (value === "" ? ({ ok: false, reason: "no-results", detail: "" } as const) : null);
  expect(await askInTurn([answering(good("")), answering(good("x"))], "q", signal, { lacking })).toMatchObject({ answer: good("x") });
  const hanging: Desk<string, string> = {
    name: "a",
    ask: (_, inner) => new Promise((_resolve, reject) => inner.addEventListener("abort", () => reject(inner.reason))),
  };
  const stop = new AbortController();
  const stopped = askInTurn([hanging], "q", stop.signal);
  stop.abort(new Error("stopped"));
  await expect(stopped).rejects.toThrow("stopped");
});

test("an address that may not be opened is handed to nobody else", async () => {
  const next = answering(good("x"));
  expect(await askInTurn([answering(bad("blocked-address")), next], "q", signal)).toMatchObject({ answer: { reason: "blocked-address" } });
  expect(next.asked).toEqual([]);
});
