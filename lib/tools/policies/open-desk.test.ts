import { expect, test } from "vitest";
import { z } from "zod";
import { bad, good } from "./answering.fixture.ts";
import { askInTurn } from "./ask-in-turn.ts";
import { deskOf } from "./desk.ts";
import { openDesk } from "./open-desk.ts";

const { signal } = new AbortController();

test("all policies together: five hundred calls of a provider in trouble cost it a few requests", async () => {
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

test("what is none of a provider's touches none of its policies", async () => {
  const used: string[] = [];
  const touch = (name: string) => async () => {
    used.push(name);
    return null;
  };
  const desk = openDesk<string, string>(
    {
      name: "a",
      manners: { atOnce: 1 },
      isFor: (request) => request === "mine",
      ask: async (request) => {
        used.push(request);
        return good("x");
      },
    },
    {
      turns: {
        reserve: async () => {
          used.push("turn");
          return 0;
        },
        rest: async () => {},
        sit: async () => ({ leave: async () => {} }),
      },
      breaker: {},
      retry: { tries: 2 },
      keyOf: (request) => {
        used.push("key");
        return request;
      },
      cache: {
        store: { get: touch("read"), put: async () => void used.push("write") },
        tool: "page",
        version: 1,
        scope: "",
        lifetimeMs: 1_000,
        form: z.string(),
        keeps: () => true,
      },
    },
  );
  expect(await desk.ask("another's", signal)).toEqual({ answer: null, tries: 0, waitedMs: 0, cacheHit: false });
  expect(used).toEqual([]);
  expect(await desk.ask("mine", signal)).toMatchObject({ answer: good("x"), tries: 1 });
  expect(used).toEqual(expect.arrayContaining(["key", "read", "turn", "mine", "write"]));
});
