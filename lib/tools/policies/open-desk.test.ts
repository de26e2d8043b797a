import { expect, test } from "vitest";
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
