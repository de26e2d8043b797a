import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import type { Reply } from "./reply.ts";

/** Writes a recorded body as it is, and ends it as the scenario says. */
export async function sendBytes(response: ServerResponse, reply: Extract<Reply, { kind: "bytes" }>): Promise<void> {
  const all = Buffer.from(reply.bytes);
  const bytes = reply.cutAt === undefined ? all : all.subarray(0, reply.cutAt);
  const size = reply.chunkSize ?? Math.max(1, bytes.length);
  response.writeHead(200, { "content-type": reply.contentType ?? "text/event-stream; charset=utf-8" });
  response.flushHeaders();
  for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
    await write(response, bytes.subarray(start, start + size));
    await turn(); // so that the reader gets it as a piece of its own
  }
  if (reply.cutAt === undefined || reply.ending === "clean") response.end();
  else await sever(response);
}

const write = (response: ServerResponse, bytes: Buffer) => new Promise<void>((resolve) => response.write(bytes, () => resolve()));

/** Closes the socket once what was written has left. */
export async function sever(response: ServerResponse): Promise<void> {
  await turn(); // http gathers the writes of one turn
  const { socket } = response;
  if (socket && socket.writableLength > 0) await Promise.race([once(socket, "drain"), once(socket, "close")]);
  response.destroy();
}
