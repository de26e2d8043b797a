import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../listen.ts";
import type { Exchange } from "./exchange.ts";
import { generate } from "./generate.ts";
import { statedWindow } from "./options.ts";
import { overflowMessage, overflowParam } from "./overflow-message.ts";
import { sendBytes } from "./raw-bytes.ts";
import { badRequest, invalid, type Reaction, refusal } from "./refusal.ts";
import { refuse, room } from "./refuse.ts";
import { promptIds } from "./render-prompt.ts";
import type { Reply } from "./reply.ts";
import type { RequestRecord } from "./request-record.ts";
import { send, sendJson } from "./send-json.ts";
import type { ServerState } from "./server-state.ts";
import { type ChatRequest, mostTokensOf, toChatRequest } from "./wire.ts";

/** POST /v1/chat/completions. */
export async function answerChat(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrivedAt = performance.now(); // its head; to read and parse the body is the server's work
  const chat = await chatIn(request);
  if (!("messages" in chat)) return send(response, chat);
  const record = recordOf(state, chat, arrivedAt);
  const exchange: Exchange = { state, request, response, record, prompt: [], mostTokens: Number.POSITIVE_INFINITY, sleeper: {} };
  watch(exchange);
  const turnedDown = overLimit(state) ?? forced(state) ?? measure(exchange);
  if (turnedDown) return end(exchange, turnedDown);
  await carryOut(await state.script(chat, record.index), exchange);
}

async function chatIn(request: IncomingMessage): Promise<ChatRequest | Reaction> {
  const text = await readBody(request);
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
    return refusal(400, { message: "Unsupported Media Type: Only 'application/json' is allowed", type: "Bad Request" });
  try {
    return toChatRequest(JSON.parse(text)) ?? invalid("Field required: messages", "messages");
  } catch {
    return refusal(400, { message: "1 validation error:\n  {'type': 'json_invalid', 'msg': 'JSON decode error'}", type: "Bad Request" });
  }
}

function recordOf(state: ServerState, chat: ChatRequest, arrivedAt: number): RequestRecord {
  const record: RequestRecord = {
    index: state.requests.length,
    chat,
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    outcome: "waiting",
    arrivedAt,
    startedAt: null,
    firstTokenAt: null,
    endedAt: null,
  };
  state.requests.push(chat);
  state.records.push(record);
  state.arrivals.happened(chat);
  return record;
}

/** Counts the client that leaves before the end; one that was thrown out by the script, or by the server's fall, did not leave. */
function watch({ state, response, record, sleeper }: Exchange): void {
  state.open++;
  response.on("close", () => {
    state.open--;
    record.endedAt ??= performance.now();
    sleeper.wake?.();
    if (response.writableFinished || record.outcome === "broken") return;
    if (state.falling) {
      record.outcome = "broken";
      return;
    }
    record.outcome = "abort";
    state.aborted++;
    state.aborts.happened();
  });
}

function overLimit({ options, open }: ServerState): Reaction | null {
  if (!options.limit || open <= options.limit.concurrent) return null;
  return refusal(429, { message: "Too many requests at once." }, { "retry-after": String(options.limit.retryAfterSeconds ?? 1) });
}

function forced(state: ServerState): Reaction | null {
  if (!state.forced || state.forced.left === 0) return null;
  state.forced.left--;
  return state.forced.refusal;
}

/** Renders the prompt, and says what is wrong with it or with the request. */
function measure(exchange: Exchange): Reaction | null {
  const { state, record } = exchange;
  const wrong = refuse(record.chat, state);
  if (wrong) return wrong;
  exchange.prompt = promptIds(record.chat, state.options);
  record.promptTokens = exchange.prompt.reduce((sum, piece) => sum + piece.length, 0);
  const most = room(record.chat, record.promptTokens, state);
  if (typeof most !== "number") return most;
  exchange.mostTokens = most;
  return null;
}

function end({ response, record }: Exchange, turnedDown: Reaction): void {
  record.outcome = "refused";
  send(response, turnedDown);
}

async function carryOut(reply: Reply, exchange: Exchange): Promise<void> {
  const { request, response, record, state } = exchange;
  switch (reply.kind) {
    case "status":
      record.outcome = "refused";
      if (reply.body !== undefined)
        return void response.writeHead(reply.status, { "content-type": "text/html", ...reply.headers }).end(reply.body);
      if (reply.flat)
        return sendJson(
          response,
          reply.status,
          { object: "error", message: reply.message, type: "Error", code: reply.status },
          reply.headers,
        );
      return end(exchange, refusal(reply.status, { message: reply.message }, reply.headers));
    case "overflow": {
      const window = state.window ?? statedWindow;
      const overflow = { window, promptTokens: reply.promptTokens ?? window + 1, maxTokens: mostTokensOf(record.chat) ?? 0 };
      return end(exchange, badRequest(overflowMessage(overflow, reply.wording), overflowParam(reply.wording)));
    }
    case "garbage":
      record.outcome = "broken";
      return void response.writeHead(200, { "content-type": "text/html" }).end(reply.body);
    case "bytes":
      record.outcome = "broken";
      return sendBytes(response, reply);
    case "hang":
      if (!request.socket.destroyed) await once(request.socket, "close");
      return;
    case "text":
    case "turn":
    case "cut":
    case "stall":
    case "stream-error":
      return generate(reply, exchange);
    default:
      reply satisfies never;
  }
}
