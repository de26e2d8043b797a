import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkServer } from "#lib/model/check-server.ts";
import { completionServer } from "#lib/model/client.ts";
import { countTokens } from "#lib/model/count-tokens.ts";
import { native } from "#lib/model/dialects/native.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import { checkModelServers } from "#lib/model/doctor.ts";
import type { CompletionRequest, Dialect, ModelDelta } from "#lib/model/model.ts";
import { probeDialect } from "#lib/model/probe-dialect.ts";
import { loadOf } from "#lib/model/server-load.ts";
import { serveVllm, type VllmServer, windowTokens } from "./serve-vllm.ts";
import { vllmClient } from "./vllm-client.ts";

/** Our own client against a real vLLM. Its model has random weights and speaks noise: what is checked is that the two understand each other. */
let plain: VllmServer;
let name: string;
beforeAll(async () => {
  plain = await serveVllm("our-client", ["--enable-prompt-tokens-details"]);
  const list: { data: { id: string }[] } = JSON.parse((await vllmClient(plain.url).get("/v1/models")).body);
  name = list.data[0]?.id ?? "";
});
afterAll(() => plain?.stop());

const never = new AbortController().signal;
const messages = [{ role: "user" as const, content: "hello there" }];
const request = (more: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages,
  maxTokens: 40,
  sampling: { temperature: 0 },
  ...more,
});
const ask = (more: Partial<CompletionRequest> = {}, model = name): Promise<ModelDelta[]> =>
  Array.fromAsync(completionServer({ baseUrl: plain.url, name: model }).complete(request(more), never));
const card = (dialect: "tongyi" | "native") => ({ dialect, name, window: windowTokens });

describe("a completion", () => {
  test("ends with its finish reason and usage, and its prompt is counted the same by /tokenize", async () => {
    const last = (await ask()).at(-1);
    const count = await countTokens({ baseUrl: plain.url, name }, messages, never);
    expect(last).toMatchObject({ kind: "ended", finishReason: expect.stringMatching(/stop|length/), usage: { promptTokens: count } });
  });

  test("of the same prompt is found in the cache", async () => {
    const long = [{ role: "user" as const, content: "hello there ".repeat(40) }];
    await ask({ messages: long });
    expect((await ask({ messages: long })).at(-1)).toMatchObject({ usage: { cachedTokens: expect.any(Number) } });
  });

  test.each<["tongyi" | "native", Dialect]>([
    ["tongyi", tongyi],
    ["native", native],
  ])("in the dialect %s is read to a turn, whatever it says", async (dialect, speaker) => {
    const reader = speaker.listen();
    const asked = speaker.request(messages, card(dialect), { offered: [], forbidden: true });
    const deltas = await ask({ ...asked, maxTokens: 200 });
    for (const delta of deltas) if (delta.kind !== "ended" && delta.kind !== "failed") reader.push(delta);
    const last = deltas.at(-1);
    // Noise may be empty; everything else ends in a turn.
    if (last?.kind === "failed") expect(last.failure.reason).toBe("empty");
    else expect(reader.end("stop").move.kind).toMatch(/answer|calls|unreadable|none/);
  });
});

describe("refusals", () => {
  test("a prompt that is too long is told as that, with the window", async () => {
    const tooLong = [{ role: "user" as const, content: "hello there ".repeat(windowTokens) }];
    const last = (await ask({ messages: tooLong })).at(-1);
    expect(last).toMatchObject({ kind: "failed", failure: { reason: "context-overflow" } });
    if (last?.kind === "failed") expect(last.failure.window ?? windowTokens).toBe(windowTokens);
  });

  test("a model that is not served", async () => {
    expect((await ask({}, "another")).at(-1)).toMatchObject({ failure: { reason: "unknown-model" } });
    expect(await checkServer({ baseUrl: plain.url, name: "another" }, never)).toMatchObject({
      up: false,
      reason: "unknown-model",
      sure: true,
    });
  });

  test("tools, where the server was started without a parser: such a model is spoken to in tags", async () => {
    expect(await probeDialect({ baseUrl: plain.url, name }, never)).toBe("tongyi");
  });
});

test("the window is read from the list of models", async () => {
  expect(await checkServer({ baseUrl: plain.url, name }, never)).toEqual({ up: true, window: windowTokens });
});

test("leaving in the middle frees the server", async () => {
  const leaving = new AbortController();
  const endless = completionServer({ baseUrl: plain.url, name }).complete(
    request({ maxTokens: windowTokens - 100, stop: ["never said"] }),
    leaving.signal,
  );
  const reading = (async () => {
    for await (const delta of endless) if (delta.kind === "text") leaving.abort(new Error("enough"));
  })();
  await reading.catch(() => {});
  await vllmClient(plain.url).untilMetric("vllm:num_requests_running", (running) => running === 0);
  expect(await loadOf(plain.url)).toMatchObject({ running: 0, waiting: 0, generated: expect.any(Number) });
});

test("the doctor knows it, and says what a model of noise does wrong", async () => {
  const [part] = await checkModelServers({ urls: [plain.url], name, dialect: "tongyi" }, never);
  expect(part).toMatchObject({ group: "model", facts: expect.arrayContaining([expect.stringContaining("context")]) });
  expect(part?.state).not.toBe("works");
});
