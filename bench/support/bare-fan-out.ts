import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The floor of every fan-out: a bare server that writes the same bytes to everybody, at a pace, and does nothing else. */
export type FanOutRequest = { kind: "start" } | { kind: "write"; times: number; everyMs: number; size: number };
export type FanOutAnswer = { url: string } | { written: number };

const open = new Set<ServerResponse>();
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  open.add(response);
  response.on("close", () => open.delete(response));
});

process.on("message", (request: FanOutRequest) => {
  if (request.kind === "start") {
    server.listen(0, "127.0.0.1", () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
    return;
  }
  const bytes = Buffer.alloc(request.size, "x");
  let left = request.times;
  const timer = setInterval(() => {
    for (const response of open) response.write(bytes);
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    process.send?.({ written: request.times });
  }, request.everyMs);
});
