import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { type LoopbackServer, listen, readBody } from "./listen.ts";

/** One request as a service reads it. */
export interface ServiceCall {
  method: string;
  path: string;
  parameters: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: unknown; // of JSON
}

/** What a service sends back: JSON, or a text of another type. */
export type ServiceReply = { status?: number; headers?: Record<string, string> } & ({ json: unknown } | { text: string; type: string });

/** How a service is that is not well. */
export type Mood =
  | { kind: "status"; status: number; retryAfter?: string }
  | { kind: "html" } // a proxy's page in the place of the answer
  | { kind: "garbage" } // JSON of another service
  | { kind: "hang" }
  | { kind: "endless" };

export interface FakeService extends LoopbackServer {
  calls: ServiceCall[];
  /** From the next request on. */
  be(mood: Mood | "well"): void;
}

/** A service on a loopback port that answers with `reply`, or as its mood is. */
export async function startFakeService(reply: (call: ServiceCall) => ServiceReply): Promise<FakeService> {
  const calls: ServiceCall[] = [];
  let mood: Mood | "well" = "well";
  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://service");
    const text = await readBody(request);
    const call = {
      method: request.method ?? "GET",
      path: url.pathname,
      parameters: url.searchParams,
      headers: request.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    calls.push(call);
    if (mood !== "well") return await answerIn(mood, request, response);
    const { status = 200, headers = {}, ...content } = reply(call);
    const [type, body] = "json" in content ? ["application/json", JSON.stringify(content.json)] : [content.type, content.text];
    response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  const be = (next: Mood | "well") => {
    mood = next;
  };
  return Object.assign(server, { calls, be });
}

async function answerIn(mood: Mood, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (mood.kind) {
    case "status":
      return void response.writeHead(mood.status, mood.retryAfter ? { "retry-after": mood.retryAfter } : {}).end('{"error": "no"}');
    case "html":
      return void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in to the network</title>");
    case "garbage":
      return void response.writeHead(200, { "content-type": "application/json" }).end('[{"hits": 3}]');
    case "hang":
      return void (await once(request.socket, "close"));
    case "endless":
      response.writeHead(200, { "content-type": "application/json" });
      return await pipeline(endlessSpaces(), response);
    default:
      mood satisfies never;
  }
}

function* endlessSpaces() {
  for (;;) yield " ".repeat(1_000_000);
}
