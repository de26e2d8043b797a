import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface LocalServer {
  origin: string;
  host: string; // with the port, as FETCH_ALLOW_HOSTS takes it
  port: number;
  connections(): number;
}

/** A real HTTP server on loopback for one test. */
export const serve = (listener: RequestListener, host = "127.0.0.1") => listen(createServer(listener), host);

/** A real TCP server on loopback for one test, for answers that are not HTTP. */
export const serveRaw = (onSocket: (socket: Socket) => void, host = "127.0.0.1") => listen(createTcpServer(onSocket), host);

async function listen(server: Server, host: string): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections++;
    sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a path
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const shown = host.includes(":") ? `[${host}]` : host;
  return { origin: `http://${shown}:${port}`, host: `${shown}:${port}`, port, connections: () => connections };
}
