import { expect, test } from "vitest";
import { answering, good } from "./answering.fixture.ts";
import { type Asked, asked, type Desk } from "./desk.ts";
import { withSingleFlight } from "./with-single-flight.ts";

const { signal } = new AbortController();

test("the same request at a time is made once, another one is not, and the next is made anew", async () => {
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
  const answers = await Promise.all(asking);
  expect(answers.map(({ answer }) => answer)).toEqual([good("x"), good("x"), good("x")]);
  expect(answers.map(({ tries }) => tries)).toEqual([1, 0, 1]); // one request stands once in the log
  expect(provider.asked).toEqual(["q", "r"]);
  await desk.ask("q", signal);
  expect(provider.asked).toEqual(["q", "r", "q"]);
});

test("who stops waiting leaves the others their answer; when all have left, the request ends", async () => {
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
