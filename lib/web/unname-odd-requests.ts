import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Takes its host from a request that names two, or another one in its request line: Node keeps the first of two and Next reads past the line, so
 * that whatever stands before this server may have judged by the other. Without a host it is nobody's, and the guard refuses it. Done where Node
 * announces a request, because a handler no longer sees how it was written.
 */
export function unnameOddRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage }; // so is it documented in node:diagnostics_channel
    const hosts = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
    const line = request.url ?? "";
    if (hosts.length <= 1 && line.startsWith("/")) return;
    request.headers.host = "";
    const { pathname, search } = URL.parse(line, "http://nobody") ?? { pathname: "/", search: "" };
    request.url = `${pathname}${search}`; // Next would answer with a redirect to the other address
  });
}
