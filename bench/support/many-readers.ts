import { connect, type Socket } from "node:net";

/** Opens so many event streams and takes what comes; `stalled` ones take nothing. Tells the bytes that arrived in all. */
export type ReadersRequest =
  | { kind: "open"; url: string; path: string; readers: number; stalled: boolean }
  | { kind: "bytes" }
  | { kind: "close" };
export type ReadersAnswer = { bytes: number };

let sockets: Socket[] = [];
let bytes = 0;

process.on("message", async (request: ReadersRequest) => {
  if (request.kind === "open") {
    for (let opened = 0; opened < request.readers; opened += 50)
      await Promise.all(Array.from({ length: Math.min(50, request.readers - opened) }, () => open(request)));
  }
  if (request.kind === "close") {
    for (const socket of sockets) socket.destroy();
    sockets = [];
  }
  process.send?.({ bytes });
});

/** Resolves once the answer has begun. */
function open({ url, path, stalled }: Extract<ReadersRequest, { kind: "open" }>): Promise<void> {
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n\r\n`);
  const begun = Promise.withResolvers<void>();
  socket.on("data", (part) => {
    bytes += part.length;
    begun.resolve();
    if (stalled) socket.pause();
  });
  return begun.promise;
}
