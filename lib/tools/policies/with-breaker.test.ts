import { expect, test } from "vitest";
import { answering, bad, good } from "./answering.fixture.ts";
import { type Asked, asked, deskOf } from "./desk.ts";
import { withBreaker } from "./with-breaker.ts";

const { signal } = new AbortController();

test("opens after failures in a row, says so, lets one through after its rest, and closes", async () => {
  let now = 0;
  const provider = answering(bad("server-error"), bad("unreachable"), good("back"));
  const desk = withBreaker(provider, { failures: 2, restMs: 1_000, now: () => now });
  await desk.ask("q", signal);
  await desk.ask("q", signal);
  expect(await desk.ask("q", signal)).toMatchObject({ answer: { ok: false, reason: "resting" }, tries: 0 });
  expect(provider.asked).toHaveLength(2);
  now = 1_001;
  expect(await desk.ask("q", signal)).toMatchObject({ answer: good("back") });
  expect(await desk.ask("q", signal)).toMatchObject({ answer: good("back") });
});

test("a refusal, a limit, an answer in between and another part of the service do not open it", async () => {
  const refusing = answering(bad("refused"), bad("rate-limited"), bad("not-found"));
  const desk = withBreaker(refusing, { failures: 1 });
  for (const _ of [1, 2, 3, 4]) expect((await desk.ask("q", signal)).answer).not.toMatchObject({ reason: "resting" });
  const failing = withBreaker(answering(bad("server-error")), { failures: 1, partOf: (url: string) => url[0] ?? "" });
  await failing.ask("a1", signal);
  expect((await failing.ask("a2", signal)).answer).toMatchObject({ reason: "resting" });
  expect((await failing.ask("b1", signal)).answer).toMatchObject({ reason: "server-error" });
});

test("while one request finds out whether it is back, the others are told at once; a service that is not back rests again", async () => {
  let now = 0;
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const failing = deskOf("a", async () => {
    if (++asked > 1) await gate.promise;
    return bad("server-error");
  });
  const desk = withBreaker(failing, { failures: 1, restMs: 1_000, now: () => now });
  await desk.ask("q", signal);
  now = 1_001;
  const probe = desk.ask("q", signal);
  expect((await desk.ask("q", signal)).answer).toMatchObject({ reason: "resting" });
  gate.resolve();
  await probe;
  expect((await desk.ask("q", signal)).answer).toMatchObject({ reason: "resting" });
  expect(asked).toBe(2);
});

test("what is stopped, not the provider's, or never made says nothing of the service", async () => {
  let now = 0;
  const said: (Asked<string> | Error)[] = [
    asked(bad("server-error")),
    asked(null),
    asked(bad("rate-limited"), { tries: 0 }),
    asked(bad("server-error")),
    new Error("stopped"),
    asked(bad("server-error")),
  ];
  const desk = withBreaker(
    {
      name: "a",
      ask: async () => {
        const next = said.shift() ?? asked(good("x"));
        if (next instanceof Error) throw next;
        return next;
      },
    },
    { failures: 2, restMs: 1_000, now: () => now },
  );
  for (let count = 0; count < 4; count++) await desk.ask("q", signal);
  expect((await desk.ask("q", signal)).answer).toMatchObject({ reason: "resting" });
  now = 1_001;
  await expect(desk.ask("q", signal)).rejects.toThrow("stopped");
  expect((await desk.ask("q", signal)).answer).toMatchObject({ reason: "server-error" });
  expect((await desk.ask("q", signal)).answer).toMatchObject({ reason: "resting" });
});
