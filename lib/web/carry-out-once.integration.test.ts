import { afterAll, beforeAll, expect, test } from "vitest";
import { createSession } from "#db/queries/sessions.ts";
import { type Kernel, openKernel, viewer } from "#e2e/support/kernel.ts";
import { ask } from "#lib/runs/ask.ts";
import { AppError } from "#lib/std/app-error.ts";
import { carryOutOnce, keyFor } from "./carry-out-once.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const request = (key: string, body: unknown = { title: "A" }, path = "/api/sessions") =>
  new Request(`http://127.0.0.1${path}`, {
    method: "POST",
    headers: { "idempotency-key": key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** What a route would do: something that must not be done twice. */
function counted(answer = (n: number) => Response.json({ n, secret: "token-of-a-link" }, { status: 201, headers: { location: `/${n}` } })) {
  let times = 0;
  return { times: () => times, carryOut: async () => answer(++times) };
}

test("a hundred times the same at once is carried out once, and all are answered the same", async () => {
  const { times, carryOut } = counted();
  const all = await Promise.all(
    Array.from({ length: 100 }, () => carryOutOnce(kernel.db.sql, viewer, request("key-of-a-hundred"), carryOut)),
  );
  expect(times()).toBe(1);
  const texts = new Set(await Promise.all(all.map(async (each) => `${each.status} ${each.headers.get("location")} ${await each.text()}`)));
  expect([...texts]).toEqual(['201 /1 {"n":1,"secret":"token-of-a-link"}']);
});

test("the same key for another body, or at another address, is refused; a key of another viewer is another key", async () => {
  const { times, carryOut } = counted();
  await carryOutOnce(kernel.db.sql, viewer, request("key-reused"), carryOut);
  await expect(carryOutOnce(kernel.db.sql, viewer, request("key-reused", { title: "B" }), carryOut)).rejects.toMatchObject({
    code: "conflict",
  });
  await expect(carryOutOnce(kernel.db.sql, viewer, request("key-reused", { title: "A" }, "/api/x"), carryOut)).rejects.toMatchObject({
    code: "conflict",
  });
  expect(times()).toBe(1);
  await carryOutOnce(kernel.db.sql, { id: "somebody" }, request("key-reused", { title: "B" }), carryOut);
  expect(times()).toBe(2);
});

test("what was refused gives its key free", async () => {
  const refused = async () => {
    throw new AppError("unprocessable", "title: is too long");
  };
  await expect(carryOutOnce(kernel.db.sql, viewer, request("key-refused", { title: "long" }), refused)).rejects.toThrow("too long");
  const { carryOut } = counted();
  expect((await carryOutOnce(kernel.db.sql, viewer, request("key-refused"), carryOut)).status).toBe(201);
});

test("neither the key nor the answer can be read in the database", async () => {
  await carryOutOnce(kernel.db.sql, viewer, request("key-that-is-secret"), counted().carryOut);
  const rows = await kernel.db.sql`select kept_answers::text as row from kept_answers`;
  for (const { row } of rows) expect(row).not.toMatch(/key-that-is-secret|token-of-a-link/);
});

test.each(["short", "with space in it", "ü-ü-ü-ü-ü", "x".repeat(201)])("the key %j is refused", async (key) => {
  const keyed = {
    method: "POST",
    url: "http://127.0.0.1/api",
    headers: { get: (name: string) => (name === "idempotency-key" ? key : null) },
  };
  await expect(carryOutOnce(kernel.db.sql, viewer, keyed as unknown as Request, counted().carryOut)).rejects.toMatchObject({
    code: "bad-request",
  });
});

test("a question whose answer could not be kept is one run, also when it is begun anew", async () => {
  const session = await createSession(kernel.db, viewer, "Once");
  const runIds: string[] = [];
  const askedUnder = async (request: Request) => {
    const { id } = await ask(kernel.db, kernel.queue, viewer, {
      sessionId: session.id,
      question: "Once?",
      mode: "react",
      budget: { calls: 3, minutes: 3 },
      idempotencyKey: keyFor(request, {}),
    });
    runIds.push(id);
    if (runIds.length === 1) throw new Error("The database went away before the answer was kept");
    return Response.json({ id }, { status: 202 });
  };
  await expect(carryOutOnce(kernel.db.sql, viewer, request("key-of-one-run"), askedUnder)).rejects.toThrow("went away");
  await kernel.db.sql`update kept_answers set created_at = now() - interval '2 minutes' where body is null`;
  expect((await carryOutOnce(kernel.db.sql, viewer, request("key-of-one-run"), askedUnder)).status).toBe(202);
  expect(new Set(runIds).size).toBe(1);
});

test("a request whose process ended while it was carried out is begun anew after a minute", async () => {
  const never = () => new Promise<Response>(() => {});
  void carryOutOnce(kernel.db.sql, viewer, request("key-of-the-dead"), never);
  await expect
    .poll(async () => (await kernel.db.sql`select 1 from kept_answers where body is null and viewer_id = 'local'`).length)
    .toBe(1);
  await kernel.db.sql`update kept_answers set created_at = now() - interval '2 minutes' where body is null`;
  const { times, carryOut } = counted();
  expect((await carryOutOnce(kernel.db.sql, viewer, request("key-of-the-dead"), carryOut)).status).toBe(201);
  expect(times()).toBe(1);
});
