import type { IncomingMessage, ServerResponse } from "node:http";
import { answerChat } from "./fake-model/answer-chat.ts";
import { answerOther } from "./fake-model/answer-other.ts";
import type { FakeModelOptions } from "./fake-model/options.ts";
import { refusal, unauthorized, wrongMethod } from "./fake-model/refusal.ts";
import type { Script } from "./fake-model/reply.ts";
import { type CacheSums, cacheSums, type RequestRecord } from "./fake-model/request-record.ts";
import { send } from "./fake-model/send-json.ts";
import { type ServerState, serverState } from "./fake-model/server-state.ts";
import { switchableServer } from "./fake-model/switchable-server.ts";
import { tokensOf as tokensOfText } from "./fake-model/tokens-of.ts";
import type { ChatRequest } from "./fake-model/wire.ts";
import type { LoopbackServer } from "./listen.ts";

export type { FakeModelOptions } from "./fake-model/options.ts";
export type { Reply, Script, TurnCall } from "./fake-model/reply.ts";
export type { RequestRecord } from "./fake-model/request-record.ts";
export type { ChatRequest, WireMessage } from "./fake-model/wire.ts";

export const tokensOf = tokensOfText;

export interface FakeModel extends LoopbackServer {
  /** Every chat request that could be read, refused ones too. */
  readonly requests: ChatRequest[];
  /** What became of each of them. */
  readonly records: RequestRecord[];
  /** Prompt tokens of all requests that generated, and how many of them the prefix cache had. */
  readonly cache: CacheSums;
  /** Requests whose client closed the socket before the end. */
  readonly aborted: number;
  /** Answers that came to their end. */
  readonly finished: number;
  /** Requests that generate now, and those that wait for a seat. */
  live(): number;
  waiting(): number;
  /** Resolves when the next request is aborted by its client. */
  nextAbort(): Promise<void>;
  /** Resolves when the next chat request has arrived. */
  nextRequest(): Promise<ChatRequest>;
  /** The process is gone: connections are reset, new ones refused. Its cache is gone too. */
  down(): Promise<void>;
  /** It is back under the same address. */
  up(): Promise<void>;
  /** `/health` and `/ping` say 503, or 200 again. */
  unhealthy(value: boolean): void;
  rename(name: string): void;
  setWindow(window: number): void;
  /** The next requests get this status, whatever the script says. */
  statusFor(requests: number, status: number, headers?: Record<string, string>, message?: string): void;
}

/**
 * A server that speaks vLLM's HTTP, down to what it leaves out. `script` decides the reply to each request;
 * all else follows from the options: the template and its token counts, the prefix cache, seats and pace, parsers and refusals.
 */
export async function startFakeModel(script: Script, options: FakeModelOptions = {}): Promise<FakeModel> {
  const state = serverState(script, options);
  const server = await switchableServer((request, response) => answer(state, request, response));
  return {
    url: server.url,
    port: server.port,
    requests: state.requests,
    records: state.records,
    get cache() {
      return cacheSums(state.records);
    },
    get aborted() {
      return state.aborted;
    },
    get finished() {
      return state.finished;
    },
    live: () => state.seats.running,
    waiting: () => state.seats.waiting,
    nextAbort: () => state.aborts.next(),
    nextRequest: () => state.arrivals.next(),
    async down() {
      state.falling = true;
      state.cache.clear();
      await server.down();
    },
    async up() {
      await server.up();
      state.falling = false;
    },
    unhealthy(value) {
      state.healthy = !value;
    },
    rename(name) {
      state.names = [name];
    },
    setWindow(window) {
      state.window = window;
    },
    statusFor(requests, status, headers = {}, message = `The test asked for ${status}.`) {
      state.forced = { left: requests, refusal: refusal(status, { message }, headers) };
    },
    close() {
      state.falling = true;
      return server.close();
    },
  };
}

async function answer(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { apiKey } = state.options;
  if (apiKey !== undefined && request.url?.startsWith("/v1") && request.headers.authorization !== `Bearer ${apiKey}`)
    return send(response, unauthorized);
  if (request.url !== "/v1/chat/completions") return answerOther(state, request, response);
  if (request.method !== "POST") return send(response, wrongMethod);
  return answerChat(state, request, response);
}
