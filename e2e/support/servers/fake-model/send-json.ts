import type { ServerResponse } from "node:http";
import type { Reaction } from "./refusal.ts";

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export const send = (response: ServerResponse, { status, body, headers }: Reaction) => sendJson(response, status, body, headers);
