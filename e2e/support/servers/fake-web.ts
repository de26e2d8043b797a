import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type LoopbackServer, listen } from "./listen.ts";

export type FakePage =
  | { kind: "html"; title: string; paragraphs: string[] }
  | { kind: "status"; status: number }
  | { kind: "redirect"; to: string }
  | { kind: "endless" } // a body that never ends
  | { kind: "hang" };

/** A small web: pages by path. A path it does not know is a 404. */
export async function startFakeWeb(pages: Record<string, FakePage>): Promise<LoopbackServer & { visits: string[]; host: string }> {
  const visits: string[] = [];
  const server = await listen(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://web").pathname;
    visits.push(path);
    await serve(pages[path] ?? { kind: "status", status: 404 }, request, response);
  });
  return Object.assign(server, { visits, host: `127.0.0.1:${server.port}` });
}

async function serve(page: FakePage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (page.kind) {
    case "html":
      return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(htmlOf(page));
    case "status":
      return void response.writeHead(page.status, { "content-type": "text/plain" }).end(`status ${page.status}`);
    case "redirect":
      return void response.writeHead(302, { location: page.to }).end();
    case "hang":
      await once(request.socket, "close");
      return;
    case "endless":
      response.writeHead(200, { "content-type": "text/html" });
      while (!response.destroyed)
        if (!response.write("<p>more and more</p>".repeat(500))) await Promise.race([once(response, "drain"), once(response, "close")]);
      return;
    default:
      page satisfies never;
  }
}

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const htmlOf = (page: { title: string; paragraphs: string[] }) =>
  `<!doctype html><html lang="en"><head><title>${escapeHtml(page.title)}</title></head><body><nav>Home About</nav><main><article><h1>${escapeHtml(page.title)}</h1>${page.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}</article></main></body></html>`;
