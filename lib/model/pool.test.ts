import { afterEach, describe, expect, test } from "vitest";
import { type FakeModel, type FakeModelOptions, type Script, startFakeModel } from "#e2e/support/servers/fake-model.ts";
import type { CompletionRequest, ModelDelta, Silence } from "./model.ts";
import { type ModelPool, modelPool, type PoolOptions } from "./pool.ts";

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const yes: Script = () => ({ kind: "text", text: "<answer>Yes</answer>" });
async function serve(script: Script = yes, options: FakeModelOptions = {}): Promise<FakeModel> {
  const server = await startFakeModel(script, { name: "fake", ...options });
  open.push(server);
  return server;
}
function poolOf(servers: { url: string }[], options: Partial<PoolOptions> = {}): ModelPool {
  const pool = modelPool({ baseUrls: servers.map((server) => server.url), name: "fake", atOnce: 32, checkEveryMs: 20, ...options });
  open.push(pool);
  return pool;
}
const request: CompletionRequest = { messages: [{ role: "user", content: "q" }], maxTokens: 100, sampling: { temperature: 0 } };
const never = new AbortController().signal;
const ask = async (pool: ModelPool, key: string | null, options: { priority?: number; onSilence?: (silence: Silence) => void } = {}) =>
  (await Array.fromAsync(pool.source({ key, ...options }).complete(request, never, options.onSilence))).at(-1) as ModelDelta;
const asked = (servers: FakeModel[]) => servers.map((server) => server.requests.length);
const keys = Array.from({ length: 40 }, (_, index) => `run-${index}:main`);

describe("which server a lane asks", () => {
  test("always the same one, and all servers have lanes", async () => {
    const servers = [await serve(), await serve(), await serve(), await serve()];
    const pool = poolOf(servers);
    for (const key of keys) await ask(pool, key);
    const before = asked(servers);
    for (const count of before) expect(count).toBeGreaterThan(2);
    for (const key of keys) await ask(pool, key);
    expect(asked(servers)).toEqual(before.map((count) => count * 2));
  });

  test("another one while its own is down, and its own again when that is back", async () => {
    const servers = [await serve(), await serve()];
    const pool = poolOf(servers);
    for (const key of keys) await ask(pool, key);
    const [first = 0, second = 0] = asked(servers);
    await servers[0]?.down();
    const failed = await Promise.all(keys.map((key) => ask(pool, key)));
    expect(failed.filter((delta) => delta.kind === "failed").length).toBeGreaterThan(0);
    for (const delta of failed)
      if (delta.kind === "failed")
        expect(delta.failure).toMatchObject({ reason: expect.stringMatching(/unreachable|cut-off/), left: "others" });
    for (const key of keys) expect(await ask(pool, key)).toMatchObject({ kind: "ended" });
    expect(asked(servers)[0]).toBe(first);
    await servers[0]?.up();
    await expect.poll(() => pool.replicas[0]?.state.kind).toBe("up");
    const between = asked(servers);
    for (const key of keys) await ask(pool, key);
    expect(asked(servers)).toEqual([(between[0] ?? 0) + first, (between[1] ?? 0) + second]);
  });

  test("another one when it says that it is not well, though it still answers", async () => {
    const servers = [await serve(), await serve()];
    const pool = poolOf(servers);
    servers[1]?.unhealthy(true);
    expect(await pool.replicas[1]?.check(never)).toMatchObject({ kind: "down", reason: "server-error" });
    for (const key of keys) await ask(pool, key);
    expect(asked(servers)).toEqual([40, 0]);
  });

  test("another one first after an error, and none twice in a row", async () => {
    const servers = [await serve(), await serve()];
    const pool = poolOf(servers);
    const own = servers.find((server) => server.url === pool.serverFor("k")?.baseUrl);
    own?.statusFor(1, 503);
    expect(await ask(pool, "k")).toMatchObject({ failure: { reason: "server-error", left: "others" } });
    expect(await ask(pool, "k")).toMatchObject({ kind: "ended" });
    expect(own?.requests).toHaveLength(1);
  });

  test("without a key, the one with the least to do", async () => {
    const servers = [await serve(() => ({ kind: "stall", text: "" })), await serve()];
    const pool = poolOf(servers);
    const stopping = new AbortController();
    const hanging = Array.fromAsync(pool.source({ key: null }).complete(request, stopping.signal));
    await servers[0]?.nextRequest();
    for (let index = 0; index < 5; index++) await ask(pool, null);
    expect(asked(servers)).toEqual([1, 5]);
    stopping.abort(new Error("enough"));
    await expect(hanging).rejects.toThrow("enough");
  });
});

describe("what is wrong with a server", () => {
  test.each<[string, FakeModelOptions, string]>([
    ["a wrong key", { apiKey: "right" }, "unauthorized"],
    ["a name it does not serve", { name: "other" }, "unknown-model"],
  ])("%s takes it down, with the cause", async (_, options, reason) => {
    const pool = poolOf([await serve(yes, options)]);
    expect(await ask(pool, "k")).toMatchObject({ failure: { reason, left: "none" } });
    expect(pool.replicas[0]?.state).toMatchObject({ kind: "down", reason });
    expect(await ask(pool, "k")).toMatchObject({ failure: { reason, left: "none" } });
  });

  test("a run can wait for it to come back", async () => {
    const server = await serve();
    const pool = poolOf([server]);
    await server.down();
    expect(await ask(pool, "k")).toMatchObject({ failure: { left: "none" } });
    expect(await pool.whenBack(30, never)).toBe(false);
    const waiting = pool.whenBack(60_000, never);
    await server.up();
    expect(await waiting).toBe(true);
    expect(await ask(pool, "k")).toMatchObject({ kind: "ended" });
  });

  test("waiting ends when the run is stopped", async () => {
    const server = await serve();
    const pool = poolOf([server]);
    await server.down();
    await ask(pool, "k");
    const stopping = new AbortController();
    const waiting = pool.whenBack(60_000, stopping.signal);
    stopping.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
  });

  test("the window is the smallest of those that are up, so that a lane may move", async () => {
    const servers = [await serve(yes, { window: 131_072 }), await serve(yes, { window: 32_768 })];
    const pool = poolOf(servers);
    expect(await pool.window(never)).toBe(32_768);
    await servers[1]?.down();
    for (const key of keys) await ask(pool, key);
    expect(await pool.window(never)).toBe(131_072);
  });
});

describe("how much is asked of a server", () => {
  test("never more requests at a time than are allowed", async () => {
    let most = 0;
    const server: FakeModel = await serve(() => {
      most = Math.max(most, server.live() + server.waiting());
      return { kind: "text", text: "<answer>Yes</answer>", msPerToken: 2 };
    });
    const pool = poolOf([server], { atOnce: 3 });
    await Promise.all(keys.map((key) => ask(pool, key)));
    expect(server.requests).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(3);
  });

  test("those that somebody waits for go first, here and at the server", async () => {
    const order: number[] = [];
    const server = await serve((chat) => {
      order.push(chat.priority ?? 0);
      return { kind: "text", text: "<answer>Yes</answer>", msPerToken: 2 };
    });
    const pool = poolOf([server], { atOnce: 1 });
    await Promise.all([
      ...keys.slice(0, 5).map((key) => ask(pool, key, { priority: 10 })),
      ...keys.slice(5, 10).map((key) => ask(pool, key)),
    ]);
    expect(order).toEqual([10, 0, 0, 0, 0, 0, 10, 10, 10, 10]);
  });

  test("a server that refuses a priority is asked without one", async () => {
    const server = await serve((chat) =>
      chat.priority === undefined
        ? { kind: "text", text: "<answer>Yes</answer>" }
        : { kind: "status", status: 400, message: "Got priority 10 but Priority scheduling is not enabled." },
    );
    const pool = poolOf([server]);
    expect(await ask(pool, "k", { priority: 10 })).toMatchObject({ kind: "ended" });
    expect(await ask(pool, "k", { priority: 10 })).toMatchObject({ kind: "ended" });
    expect(server.requests.map((chat) => chat.priority)).toEqual([10, undefined, undefined]);
  });

  test("a server that is asked too much is asked less, and hardly anything is asked in vain", async () => {
    const server = await serve(() => ({ kind: "text", text: "<answer>Yes</answer>", msPerToken: 1 }), {
      limit: { concurrent: 4, retryAfterSeconds: 0.2 },
    });
    const pool = poolOf([server], { atOnce: 12 });
    const lane = async (key: string) => {
      for (let done = 0; done < 10; ) if ((await ask(pool, key)).kind === "ended") done++;
    };
    await Promise.all(keys.slice(0, 20).map(lane));
    expect(server.finished).toBe(200);
    expect(server.requests.length).toBeLessThanOrEqual(240);
  });

  test("waiting for a place among our own requests is told", async () => {
    const server = await serve(() => ({ kind: "text", text: "<answer>Yes, at length.</answer>", msPerToken: 30 }));
    const pool = poolOf([server], { atOnce: 1, patience: { noticeMs: 20 } });
    const told: Silence[] = [];
    await Promise.all([ask(pool, "a"), ask(pool, "b", { onSilence: (silence) => told.push(silence) })]);
    expect(told[0]).toMatchObject({ ours: true });
  });
});

describe("a server that says nothing", () => {
  test("for a while, in the middle of an answer, is waited for, and the wait is told", async () => {
    const server = await serve(() => ({ kind: "text", text: "<answer>Yes, in the end.</answer>", freeze: { afterTokens: 2, ms: 400 } }));
    const told: Silence[] = [];
    const pool = poolOf([server], { patience: { noticeMs: 50, stallMs: 5_000 } });
    expect(await ask(pool, "k", { onSilence: (silence) => told.push(silence) })).toMatchObject({ kind: "ended" });
    expect(told[0]).toMatchObject({ ours: false, load: { running: 1, waiting: 0 } });
  });

  test("for too long has stalled, and its socket is closed", async () => {
    const server = await serve(() => ({ kind: "stall", text: "<think>half a tho" }));
    const pool = poolOf([server], { patience: { noticeMs: 20, stallMs: 100 } });
    const aborted = server.nextAbort();
    expect(await ask(pool, "k")).toMatchObject({ failure: { reason: "stalled" } });
    await aborted;
  });

  test("because it serves others is no stall: it is queued", async () => {
    const server = await serve(() => ({ kind: "text", text: "word ".repeat(60), msPerToken: 10 }), { maxSeqs: 1 });
    const pool = poolOf([server], { patience: { noticeMs: 20, stallMs: 150, busyMs: 60_000 } });
    const told: Silence[] = [];
    const first = ask(pool, "a");
    await server.nextRequest();
    expect(await ask(pool, "b", { onSilence: (silence) => told.push(silence) })).toMatchObject({ kind: "ended" });
    expect(await first).toMatchObject({ kind: "ended" });
    expect(told[0]).toMatchObject({ load: { running: 1, waiting: 1 } });
  });
});
