import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { type LoopbackServer, listen, readBody } from "./listen.ts";

export interface ChatRequest {
  model: string;
  messages: ChatMessage[];
  stream?: boolean;
  stop?: string[];
  max_tokens?: number;
  temperature?: number;
  top_p?: number;
  presence_penalty?: number;
}

/** What the server does with one request. `text` is said token by token; the others are what a real one does on a bad day. */
export type Reply =
  | { kind: "text"; text: string; msPerToken?: number; finishReason?: string; tokensPerChunk?: number } // like --stream-interval
  | { kind: "status"; status: number; message: string; headers?: Record<string, string> }
  | { kind: "cut"; text: string } // closes the socket after the text, without a finish reason
  | { kind: "stream-error"; text: string; message: string } // an error line inside the 200, then [DONE]
  | { kind: "garbage"; body: string } // a 200 that is no event stream
  | { kind: "hang" }; // accepts, and never answers

export interface FakeModel extends LoopbackServer {
  requests: ChatRequest[];
  /** Requests whose client closed the socket before the end. */
  aborted: number;
  /** Resolves when the next request is aborted by its client. */
  nextAbort(): Promise<void>;
}

/** About four characters a token; every character of CJK for itself: what a tokenizer does, roughly, and without losing a byte. */
export const tokensOf = (text: string) => text.match(/[\u3000-\u9fff\uf900-\ufaff]|[^\u3000-\u9fff\uf900-\ufaff]{1,4}/gsu) ?? [];

/**
 * A server that speaks vLLM's chat completions over HTTP: role chunk first, one token a chunk, the last chunk with text and finish
 * reason together, a usage chunk, `[DONE]`; stop strings end the text and are cut off. `script` decides the reply to each request.
 */
export async function startFakeModel(
  script: (request: ChatRequest, index: number) => Reply | Promise<Reply>,
  options: { name?: string; window?: number } = {},
): Promise<FakeModel> {
  const requests: ChatRequest[] = [];
  let waiting = Promise.withResolvers<void>();
  const model = { requests, aborted: 0, nextAbort: () => waiting.promise };
  const server = await listen(async (request, response) => {
    if (request.url === "/v1/models")
      return json(response, 200, {
        object: "list",
        data: [{ id: options.name ?? "fake", object: "model", max_model_len: options.window ?? 131_072 }],
      });
    if (request.url === "/health") return void response.writeHead(200).end();
    if (request.url !== "/v1/chat/completions")
      return json(response, 404, { error: { message: "Not Found", type: "NotFoundError", param: null, code: 404 } });
    const chat = JSON.parse(await readBody(request)) as ChatRequest;
    requests.push(chat);
    response.on("close", () => {
      if (response.writableFinished) return;
      model.aborted++;
      waiting.resolve();
      waiting = Promise.withResolvers<void>();
    });
    await answer(await script(chat, requests.length - 1), chat, request, response);
  });
  return Object.assign(model, server);
}

async function answer(reply: Reply, chat: ChatRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case "status":
      return json(
        response,
        reply.status,
        { error: { message: reply.message, type: "Error", param: null, code: reply.status } },
        reply.headers,
      );
    case "garbage":
      return void response.writeHead(200, { "content-type": "text/html" }).end(reply.body);
    case "hang":
      await once(request.socket, "close");
      return;
    case "text":
      return speak(
        response,
        chat,
        stopped(reply.text, chat.stop),
        reply.finishReason ?? "stop",
        reply.msPerToken ?? 0,
        reply.tokensPerChunk,
      );
    case "cut":
      await speak(response, chat, reply.text, null, 0);
      return void response.destroy();
    case "stream-error":
      await speak(response, chat, reply.text, null, 0);
      response.write(
        `data: ${JSON.stringify({ error: { message: reply.message, type: "InternalServerError", param: null, code: 500 } })}\n\n`,
      );
      return void response.end("data: [DONE]\n\n");
    default:
      reply satisfies never;
  }
}

function stopped(text: string, stop: string[] = []): string {
  const ends = stop.map((word) => text.indexOf(word)).filter((index) => index >= 0);
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}

async function speak(
  response: ServerResponse,
  chat: ChatRequest,
  text: string,
  finishReason: string | null,
  msPerToken: number,
  tokensPerChunk = 1,
): Promise<void> {
  const tokens = inChunks(tokensOf(text), tokensPerChunk);
  const head = { id: "chatcmpl-fake", object: "chat.completion.chunk", created: 0, model: chat.model };
  const send = async (choice: object[], more: object = {}) => {
    if (!response.write(`data: ${JSON.stringify({ ...head, choices: choice, ...more })}\n\n`)) await once(response, "drain");
  };
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  await send([{ index: 0, delta: { role: "assistant", content: "" } }]);
  for (const [index, token] of tokens.entries()) {
    if (response.destroyed) return;
    if (msPerToken > 0) await pause(msPerToken);
    const last = index === tokens.length - 1 && finishReason !== null;
    await send([{ index: 0, delta: { content: token }, ...(last && { finish_reason: finishReason, stop_reason: null }) }]);
  }
  if (finishReason === null) return;
  if (tokens.length === 0) await send([{ index: 0, delta: {}, finish_reason: finishReason }]);
  const promptTokens = chat.messages.reduce((sum, message) => sum + tokensOf(message.content).length, 0);
  await send([], { usage: { prompt_tokens: promptTokens, completion_tokens: tokens.length, total_tokens: promptTokens + tokens.length } });
  response.end("data: [DONE]\n\n");
}

const inChunks = (tokens: string[], size: number) =>
  size === 1
    ? tokens
    : Array.from({ length: Math.ceil(tokens.length / size) }, (_, index) => tokens.slice(index * size, (index + 1) * size).join(""));

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
