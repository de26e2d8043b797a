import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type LoopbackServer, listen, readBody } from "../../../e2e/support/servers/listen.ts";

/** What one completion sends: deltas as they are, then the reason, then usage. Or a refusal, an error in the stream, nothing at all. */
export type Said =
  | { deltas: object[]; finishReason?: string | null; tokens?: number | null; msPerDelta?: number }
  | { status: number; body: string }
  | { error: string }
  | "nothing";

export interface ServerKind {
  models?: object[];
  key?: string;
  /** Answers before anything else; false leaves the request to the rest. */
  instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  says?: (body: Record<string, unknown>) => Said;
  version?: string | null;
  health?: number;
  metrics?: string | null;
}

export const tongyiName = "Alibaba-NLP/Tongyi-DeepResearch-30B-A3B";
export const served = (id: string, window: number | null = 131_072, root = id) => ({
  id,
  object: "model",
  owned_by: "vllm",
  root,
  max_model_len: window,
});

export const asDeltas = (text: string, field = "content") => (text.match(/.{1,4}/gsu) ?? []).map((part) => ({ [field]: part }));
export const goodTurn =
  '<think>\nI am asked to search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["Velsund harbour"]}}\n</tool_call>';

/** A server of vLLM's shape on a loopback port, as raw as a test wants it. */
export async function startServer(kind: ServerKind = {}): Promise<LoopbackServer & { asked: Record<string, unknown>[] }> {
  const asked: Record<string, unknown>[] = [];
  const server = await listen(async (request, response) => {
    if (kind.instead?.(request, response)) return;
    if (kind.key && request.url?.startsWith("/v1") && request.headers.authorization !== `Bearer ${kind.key}`)
      return json(response, 401, { error: "Unauthorized" });
    const plain: Record<string, () => unknown> = {
      "/v1/models": () => json(response, 200, { object: "list", data: kind.models ?? [served(tongyiName)] }),
      "/health": () => response.writeHead(kind.health ?? 200).end(),
      "/version": () =>
        kind.version === null ? response.writeHead(404).end() : json(response, 200, { version: kind.version ?? "0.31.2" }),
      "/metrics": () => (kind.metrics === null ? response.writeHead(404).end() : response.end(kind.metrics ?? idle)),
      "/tokenize": () => json(response, 200, { count: 3, max_model_len: 131_072, tokens: [1, 2, 3] }),
    };
    const answer = plain[request.url ?? ""];
    if (answer) return void answer();
    if (request.url !== "/v1/chat/completions") return json(response, 404, { detail: "Not Found" });
    const body = JSON.parse(await readBody(request)) as Record<string, unknown>;
    asked.push(body);
    await say(kind.says?.(body) ?? { deltas: asDeltas(goodTurn) }, request, response);
  });
  return Object.assign(server, { asked });
}

const idle = 'vllm:num_requests_running{engine="0",model_name="m"} 0.0\nvllm:num_requests_waiting{engine="0",model_name="m"} 0.0\n';

async function say(said: Said, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (said === "nothing") {
    await once(request.socket, "close");
    return;
  }
  if ("status" in said) return void response.writeHead(said.status, { "content-type": "application/json" }).end(said.body);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const send = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  send({ choices: [{ index: 0, delta: { role: "assistant", content: "" } }] });
  if ("error" in said) {
    send({ error: { message: said.error, code: 500 } });
    return void response.end("data: [DONE]\n\n");
  }
  for (const delta of said.deltas) {
    if (said.msPerDelta) await new Promise((resolve) => setTimeout(resolve, said.msPerDelta));
    if (response.destroyed) return;
    send({ choices: [{ index: 0, delta }] });
  }
  if (said.finishReason !== null) send({ choices: [{ index: 0, delta: {}, finish_reason: said.finishReason ?? "stop" }] });
  if (said.tokens !== null) send({ choices: [], usage: { prompt_tokens: 400, completion_tokens: said.tokens ?? said.deltas.length } });
  response.end("data: [DONE]\n\n");
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
