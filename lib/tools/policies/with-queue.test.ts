import { expect, test, vi } from "vitest";
import { answering, good } from "./answering.fixture.ts";
import { deskOf } from "./desk.ts";
import { withQueue } from "./with-queue.ts";

const { signal } = new AbortController();

test("so many at a time for each part", async () => {
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

test("an abort leaves the queue", async () => {
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

test("whoever has waited for longer than the patience is told so when its turn comes, and not served", async () => {
  const provider = answering(good("x"));
  const impatient = withQueue(provider, { atOnce: 1, patienceMs: -1 });
  expect(await impatient.ask("q", signal)).toMatchObject({ tries: 0, answer: { ok: false, reason: "rate-limited" } });
  expect(provider.asked).toEqual([]);
});
