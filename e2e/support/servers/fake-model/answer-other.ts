import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../listen.ts";
import { created } from "./chunks.ts";
import { metricsText } from "./metrics.ts";
import { statedWindow } from "./options.ts";
import { invalid, notFound, type Reaction, refusal, wrongMethod } from "./refusal.ts";
import { promptPieces } from "./render-prompt.ts";
import { send, sendJson } from "./send-json.ts";
import type { ServerState } from "./server-state.ts";
import { tokenIds, tokensOf } from "./tokens-of.ts";
import { toChatRequest } from "./wire.ts";

/** Every path but the chat's. */
export async function answerOther(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const post = path === "/tokenize" || path === "/detokenize";
  if (post ? request.method !== "POST" : request.method !== "GET" && known.has(path)) return send(response, wrongMethod);
  switch (path) {
    case "/v1/models":
      return sendJson(response, 200, { object: "list", data: models(state) });
    case "/health":
      return void response.writeHead(state.healthy ? 200 : 503).end(); // an empty body, in both cases
    case "/ping":
      return void response.writeHead(state.healthy ? 200 : 503).end();
    case "/version":
      return sendJson(response, 200, { version: state.options.version ?? "0.21.0" });
    case "/load":
      return sendJson(response, 200, { server_load: state.open });
    case "/metrics":
      if (state.options.metrics === false) return send(response, notFound);
      return void response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(metrics(state));
    case "/tokenize":
      return send(response, tokenize(state, await readBody(request)));
    case "/detokenize":
      return send(response, detokenize(await readBody(request)));
    default:
      return send(response, notFound);
  }
}

const known = new Set(["/v1/models", "/health", "/version", "/load", "/metrics"]);

const models = ({ names, options, window }: ServerState) =>
  (names ?? ["fake"]).map((id) => ({
    id,
    object: "model",
    created,
    owned_by: "vllm",
    root: options.root ?? id,
    parent: null,
    max_model_len: window ?? statedWindow,
    permission: [],
  }));

/** What a server without `cacheBlocks` counts as full: a window of 131,072 tokens. */
const usualBlocks = 8_192;

function metrics(state: ServerState): string {
  const { seats, blocksInUse, options, names } = state;
  const cacheUsage = Math.min(1, blocksInUse / (options.cacheBlocks ?? usualBlocks));
  return metricsText(state.metrics, { running: seats.running, waiting: seats.waiting, cacheUsage }, names?.[0] ?? "fake");
}

/** Numbers and texts of the tokens that were asked for: a number alone does not tell its text. */
const vocabulary = new Map<number, string>();

/** The exact count, template included; neither a key nor a limit is asked for. */
function tokenize(state: ServerState, text: string): Reaction {
  const body = objectIn(text);
  if (!body) return invalid("JSON decode error");
  const { model } = body;
  if (typeof model === "string" && model !== "" && state.names && !state.names.includes(model))
    return refusal(404, { message: `The model \`${model}\` does not exist.`, param: "model" });
  const chat = toChatRequest(body);
  const pieces = chat ? promptPieces(chat, state.options) : [String(body.prompt ?? "")];
  const tokens = pieces.flatMap((piece) => [...tokenIds(piece)]);
  for (const piece of pieces) for (const token of tokensOf(piece)) for (const id of tokenIds(token)) vocabulary.set(id, token);
  return { status: 200, body: { count: tokens.length, max_model_len: state.window ?? statedWindow, tokens, token_strs: null } };
}

function detokenize(text: string): Reaction {
  const tokens = objectIn(text)?.tokens;
  if (!Array.isArray(tokens)) return invalid("Field required: tokens", "tokens");
  return { status: 200, body: { prompt: tokens.map((token: number) => vocabulary.get(token) ?? "\ufffd").join("") } };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : null; // an object has fields of any kind
  } catch {
    return null;
  }
}
