import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { LoopbackServer } from "../listen.ts";

/** A server that can go away and come back under the same address, as a process that is restarted does. */
export interface SwitchableServer extends LoopbackServer {
  /** Connections are reset and new ones refused. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function switchableServer(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<SwitchableServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const open = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  const shut = (end: (socket: Socket) => void) =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) end(socket);
    });
  await open(0);
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => shut((socket) => socket.destroy()),
    down: () => shut((socket) => socket.resetAndDestroy()),
    up: () => open(port),
  };
}
