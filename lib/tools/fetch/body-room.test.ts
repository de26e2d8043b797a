import { expect, test } from "vitest";
import { bodyRoom, smallBytes } from "./body-room.ts";
import { byteBudget } from "./byte-budget.ts";
import { serve } from "./local-server.fixture.ts";
import { safeFetch } from "./safe-fetch.ts";

const never = new AbortController().signal;

test("small bodies pass; of large ones no more than fit, each with all it may need until it is whole, and then with what it is", async () => {
  const budget = byteBudget(20_000_000);
  const [first, second, third, small] = [1, 2, 3, 4].map(() => bodyRoom(budget)) as [
    ReturnType<typeof bodyRoom>,
    ...ReturnType<typeof bodyRoom>[],
  ];
  const passed: string[] = [];
  const grow = (room: typeof first | undefined, name: string, held: number) =>
    room?.grow(held, 12_000_000, never).then(() => passed.push(name));
  await grow(first, "first", smallBytes + 1);
  await grow(first, "first goes on", 3_000_000);
  void grow(second, "second", 2_000_000);
  void grow(third, "third", 2_000_000);
  await grow(small, "small", smallBytes);
  expect(passed).toEqual(["first", "first goes on", "small"]);
  first.settle(4_000_000);
  await new Promise(setImmediate);
  expect(passed.slice(3)).toEqual(["second"]);
  first.leave();
  second?.settle(2_000_000);
  await new Promise(setImmediate);
  expect(passed.slice(4)).toEqual(["third"]);
  for (const room of [second, third, small]) room?.leave();
  await budget.take(20_000_000, never); // all was given back
});

test("a body that grows large is not read on before there is room for it, and a small one asks for none", async () => {
  const site = await serve((request, response) => {
    response.writeHead(200, { "content-type": "text/plain" }).end("x".repeat(request.url === "/large" ? 3_000_000 : 900_000));
  });
  const budget = byteBudget(20_000_000);
  await budget.take(1, never);
  const room = bodyRoom(budget);
  const fetchPage = (path: string) => safeFetch(`${site.origin}${path}`, { allowHosts: [site.host], signal: never, room });
  expect(await fetchPage("/small")).toMatchObject({ ok: true });
  let done = false;
  const large = fetchPage("/large").finally(() => {
    done = true;
  });
  expect(await fetchPage("/small")).toMatchObject({ ok: true });
  expect(done).toBe(false);
  budget.give(1);
  expect(await large).toMatchObject({ ok: true });
  room.leave();
});

test("a page that found no room in its time is no failure of its site", async () => {
  const site = await serve((_, response) => response.writeHead(200, { "content-type": "text/plain" }).end("x".repeat(2_000_000)));
  const budget = byteBudget(20_000_000);
  await budget.take(1, never);
  const answer = await safeFetch(site.origin, { allowHosts: [site.host], signal: never, room: bodyRoom(budget), limits: { totalMs: 300 } });
  expect(answer).toMatchObject({ ok: false, reason: "rate-limited", detail: "too much is being read at the moment" });
});
