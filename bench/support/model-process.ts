import { noisePolicy, words } from "#e2e/support/servers/fake-model/noise-policy.ts";
import { seeded } from "#e2e/support/servers/fake-model/seeded.ts";
import { type FakeModel, type FakeModelOptions, type Script, startFakeModel } from "#e2e/support/servers/fake-model.ts";

/**
 * The scripted server in a process of its own. `answer`: every request gets one answer of so many tokens, at so many milliseconds a token.
 * `noise`: long runs that search and visit, for the prefix cache.
 */
export type ModelRequest =
  | {
      kind: "start";
      options: FakeModelOptions;
      policy:
        | { kind: "answer"; tokens: number; msPerToken: number }
        | { kind: "noise"; seed: number; turns: number; thoughtTokens: number; msPerToken: number };
    }
  | { kind: "records" }
  | { kind: "down" };
export type ModelAnswer = { url: string } | { records: ModelRecord[]; cached: number; prompt: number } | { done: true };
export interface ModelRecord {
  conversation: string;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  arrivedAt: number;
  firstTokenAt: number | null;
  endedAt: number | null;
  began: boolean;
}

let server: FakeModel | null = null;

async function answerTo(request: ModelRequest): Promise<ModelAnswer> {
  if (request.kind === "start") {
    const { policy } = request;
    const script: Script =
      policy.kind === "noise"
        ? noisePolicy(policy.seed, {
            turns: policy.turns,
            thoughtTokens: policy.thoughtTokens,
            ...(policy.msPerToken > 0 && { msPerToken: policy.msPerToken }),
          })
        : answering(policy.tokens, policy.msPerToken);
    server = await startFakeModel(script, request.options);
    return { url: server.url };
  }
  if (!server) throw new Error("The server has not been started");
  if (request.kind === "down") {
    await server.down();
    return { done: true };
  }
  const records = server.records.map((record) => ({
    conversation: record.chat.messages
      .slice(0, 2)
      .map((message) => message.content)
      .join("\n"),
    promptTokens: record.promptTokens,
    cachedTokens: record.cachedTokens,
    completionTokens: record.completionTokens,
    arrivedAt: performance.timeOrigin + record.arrivedAt,
    firstTokenAt: record.firstTokenAt === null ? null : performance.timeOrigin + record.firstTokenAt,
    endedAt: record.endedAt === null ? null : performance.timeOrigin + record.endedAt,
    began: record.startedAt !== null,
  }));
  return { records, cached: server.cache.cachedTokens, prompt: server.cache.promptTokens };
}

function answering(tokens: number, msPerToken: number): Script {
  const text = `<think>\n${words(seeded(7), Math.floor(tokens / 2))}\n</think>\n<answer>\n${words(seeded(8), Math.floor(tokens / 2))}\n</answer>`;
  return () => ({ kind: "text", text, ...(msPerToken > 0 && { msPerToken }) });
}

process.on("message", (request: ModelRequest) => {
  void answerTo(request).then((answer) => process.send?.(answer));
});
