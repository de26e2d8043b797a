import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type FakeModel, type FakeModelOptions, type Reply, type Script, startFakeModel } from "../fake-model.ts";
import { ask } from "./ask.ts";
import { duplicateChunks, endlessLine, htmlPage, nanChunk, recordedStream } from "./garbage.ts";

const open: FakeModel[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(reply: Reply | Script, options: FakeModelOptions = {}): Promise<FakeModel> {
  const server = await startFakeModel(typeof reply === "function" ? reply : () => reply, options);
  open.push(server);
  return server;
}

/** The bytes of an answer until it ends or breaks. */
async function bytesOf(url: string, signal?: AbortSignal): Promise<{ text: string; broken: boolean }> {
  const body = JSON.stringify({ messages: [{ role: "user", content: "Q" }], stream: true });
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    ...(signal && { signal }),
  });
  const parts: Uint8Array[] = [];
  try {
    for await (const part of response.body ?? []) parts.push(part);
    return { text: Buffer.concat(parts).toString("latin1"), broken: false };
  } catch {
    return { text: Buffer.concat(parts).toString("latin1"), broken: true };
  }
}

test("a recorded stream is what the server sends, and can be cut at any byte", async () => {
  const stream = recordedStream("漢字 and words");
  const text = Buffer.from(stream).toString("latin1");
  const whole = await serve({ kind: "bytes", bytes: stream, chunkSize: 7 });
  expect(await bytesOf(whole.url)).toEqual({ text, broken: false });
  for (const cutAt of [0, 1, 50, text.indexOf("finish_reason"), stream.length - 1]) {
    const cut = await serve({ kind: "bytes", bytes: stream, cutAt });
    expect(await bytesOf(cut.url), `at ${cutAt}`).toEqual({ text: text.slice(0, cutAt), broken: true });
    const covered = await serve({ kind: "bytes", bytes: stream, cutAt, ending: "clean" });
    expect(await bytesOf(covered.url), `at ${cutAt}`).toEqual({ text: text.slice(0, cutAt), broken: false });
  }
});

test("garbage of several kinds", async () => {
  expect((await bytesOf((await serve(htmlPage())).url)).text).toContain("<h1>502 Bad Gateway</h1>");
  expect((await bytesOf((await serve(endlessLine(200_000))).url)).text).toContain("a".repeat(200_000));
  expect((await bytesOf((await serve(nanChunk())).url)).text).toContain('"logprobs":NaN');
  const doubled = (await bytesOf((await serve(duplicateChunks(recordedStream("word")))).url)).text;
  expect(doubled.match(/"content":"word"/g)).toHaveLength(2);
});

test("a cut answer breaks after its text, and is nobody's abort", async () => {
  const server = await serve({ kind: "cut", text: "half a thought" });
  const { text, broken } = await bytesOf(server.url);
  expect(broken).toBe(true);
  expect(text).toContain('"content":"ht"');
  expect([server.aborted, server.finished, server.records[0]?.outcome]).toEqual([0, 0, "broken"]);
});

test("a stalled answer says its text and then nothing until the client leaves, which is an abort", async () => {
  const server = await serve({ kind: "stall", text: "half" });
  const controller = new AbortController();
  const aborted = server.nextAbort();
  const reading = bytesOf(server.url, controller.signal);
  await server.nextRequest();
  await expect.poll(() => server.records[0]?.completionTokens).toBe(1);
  expect(server.live()).toBe(1);
  controller.abort();
  await Promise.all([aborted, reading.catch(() => {})]);
  await expect.poll(() => server.live()).toBe(0);
  expect(await metric(server, 'request_success_total{model_name="fake",engine="0",finished_reason="abort"}')).toBe(1);
  expect(server.records[0]?.outcome).toBe("abort");
});

test("a preempted answer falls silent in the middle and goes on", async () => {
  const server = await serve({ kind: "text", text: "aaaabbbbcccc", freeze: { afterTokens: 1, ms: 120 } });
  const started = performance.now();
  expect((await ask(server.url)).content).toBe("aaaabbbbcccc");
  expect(performance.now() - started).toBeGreaterThanOrEqual(118);
  const { firstTokenAt, endedAt } = server.records[0] ?? {};
  expect((endedAt ?? 0) - (firstTokenAt ?? 0)).toBeGreaterThanOrEqual(115); // the silence lies behind the first token
  expect(await metric(server, 'num_preemptions_total{model_name="fake",engine="0"}')).toBe(1);
});

test("a server that is down refuses and resets, and comes back under its address without its cache", async () => {
  const server = await serve({ kind: "text", text: "word ".repeat(400), msPerToken: 20 });
  const reading = bytesOf(server.url);
  await server.nextRequest();
  await expect.poll(() => server.live()).toBe(1);
  await server.down();
  expect((await reading).broken).toBe(true);
  await expect(fetch(`${server.url}/health`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await server.up();
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect([server.aborted, server.live()]).toEqual([0, 0]);
});

test("its fall is a reset, not an end", async () => {
  const server = await serve({ kind: "hang" });
  const socket = connect(server.port, "127.0.0.1");
  const failed = once(socket, "error");
  socket.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 47\r\n\r\n");
  socket.resume(); // a socket that nobody reads does not learn of its end
  socket.write('{"messages":[{"role":"user","content":"What"}]}'.padEnd(47));
  await expect.poll(() => server.requests.length).toBe(1);
  await server.down();
  expect((await failed)[0]).toMatchObject({ code: "ECONNRESET" });
});

test("health, name and window can change while it runs", async () => {
  const server = await serve({ kind: "text", text: "A" }, { name: "old", window: 4_096 });
  server.unhealthy(true);
  const health = await fetch(`${server.url}/health`);
  expect([health.status, await health.text()]).toEqual([503, ""]);
  server.unhealthy(false);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  server.rename("new");
  server.setWindow(10);
  expect(await (await fetch(`${server.url}/v1/models`)).json()).toMatchObject({ data: [{ id: "new", max_model_len: 10 }] });
  expect((await ask(server.url, { model: "old" })).status).toBe(404);
  expect((await ask(server.url, { model: "new" })).status).toBe(400);
});

test("the next requests can get a status, and too many at once get 429", async () => {
  const server = await serve({ kind: "text", text: "A" });
  server.statusFor(2, 503, { "retry-after": "3" });
  const answers = [await ask(server.url), await ask(server.url), await ask(server.url)];
  expect(answers.map((answer) => answer.status)).toEqual([503, 503, 200]);
  expect(answers[0]?.headers.get("retry-after")).toBe("3");
  const limited = await serve({ kind: "stall", text: "A" }, { limit: { concurrent: 1, retryAfterSeconds: 2 } });
  const controller = new AbortController();
  const first = ask(limited.url, {}, { signal: controller.signal });
  await expect.poll(() => limited.live()).toBe(1);
  const second = await ask(limited.url);
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, "2"]);
  controller.abort();
  await expect(first).rejects.toThrow();
});

async function metric(server: FakeModel, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split("\n").find((each) => each.startsWith(`vllm:${name} `));
  return Number(line?.split(" ").at(-1));
}
