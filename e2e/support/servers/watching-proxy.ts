import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface WatchingProxy {
  url: string;
  /** The paths of the answers that are under way. */
  underWay(): string[];
  /** From now on it hands an answer on only when it has all of it, as proxies do that buffer. */
  holdBack(): void;
  close(): void;
}

/** A proxy before a server of ours, which tells what passes through it. */
export async function startWatchingProxy(target: string): Promise<WatchingProxy> {
  const open = new Set<IncomingMessage>();
  let holds = false;
  const server = createServer((asked, answer) => {
    open.add(asked);
    answer.on("close", () => open.delete(asked));
    const onward = request(new URL(asked.url ?? "/", target), { method: asked.method ?? "GET", headers: asked.headers }, (answered) => {
      if (holds) void handOnWhole(answered, answer);
      else answered.pipe(answer.writeHead(answered.statusCode ?? 502, answered.headers));
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    underWay: () => [...open].map((asked) => asked.url ?? ""),
    holdBack() {
      holds = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function handOnWhole(answered: IncomingMessage, answer: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  try {
    for await (const part of answered) parts.push(part);
  } catch {
    answer.destroy(); // the reader left, and the server with it
    return;
  }
  answer.writeHead(answered.statusCode ?? 502, answered.headers).end(Buffer.concat(parts));
}
