import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { portionsOf } from "./portions-of.ts";

/**
 * vLLM's web server closes a connection that was idle for 5 s: ours are let go before, so that no request meets one that is closing. How
 * long a request itself may take is `watchSilence`'s matter: the time limit is for connections that nobody uses.
 */
const idle = { keepAlive: true, timeout: 4_000 };
const agents = { "http:": new http.Agent(idle), "https:": new https.Agent(idle) };
const mostErrorBytes = 1_000_000;

/**
 * `fetch` for the OpenAI client, on Node's own HTTP. The body of an answer is an iterable of portions instead of a web stream, which costs a
 * third a token; a refusal is an ordinary Response. Aborting destroys the socket.
 */
export async function modelFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const answer = await send(url, init);
  const status = answer.statusCode ?? 0;
  const headers = new Headers(
    Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  if (status !== 200) return new Response(await limitedText(answer), { status, headers });
  // All that the client asks of an answer that it hands on as it is.
  return { ok: true, status, headers, url: url.href, body: portionsOf(answer) } as unknown as Response;
}

function send(url: URL, init: RequestInit, again = true): Promise<IncomingMessage> {
  const scheme = url.protocol === "https:" ? "https:" : "http:";
  const headers = Object.fromEntries(new Headers(init.headers));
  return new Promise((resolve, reject) => {
    const request = (scheme === "https:" ? https : http).request(
      url,
      { agent: agents[scheme], method: init.method ?? "GET", headers, ...(init.signal && { signal: init.signal }) },
      resolve,
    );
    request.on("error", (error: NodeJS.ErrnoException) => {
      // A connection that was kept open died while nobody used it: the request has not been read by anybody.
      if (again && request.reusedSocket && error.code === "ECONNRESET" && !init.signal?.aborted) resolve(send(url, init, false));
      else reject(error);
    });
    request.end(init.body);
  });
}

async function limitedText(answer: IncomingMessage): Promise<string> {
  let text = "";
  answer.setEncoding("utf8");
  for await (const part of answer) {
    text += part;
    if (text.length > mostErrorBytes) break;
  }
  return text;
}
