import { Agent, type Dispatcher } from "undici";
import { type Portions, portions } from "./portions.ts";

/**
 * How long a request may take is `watchSilence`'s matter, not the connection's. vLLM's web server closes a connection that was idle for 5 s:
 * ours are let go before, so that no request meets one that is closing.
 */
const connections = new Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 });
const mostErrorCharacters = 1_000_000;

/**
 * `fetch` for the OpenAI client, on undici's dispatcher: a packet goes from the socket into a list, and no stream object stands between. The
 * body of an answer is an iterable of portions; a refusal is an ordinary Response. Aborting destroys the socket.
 */
export async function modelFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const { status, headers, body } = await send(url, init);
  if (status !== 200) return new Response(await textOf(body), { status, headers });
  // All that the client asks of an answer that it hands on as it is.
  return { ok: true, status, headers, url: url.href, body } as unknown as Response;
}

interface Answer {
  status: number;
  headers: Headers;
  body: Portions;
}

function send(url: URL, init: RequestInit): Promise<Answer> {
  const { signal } = init;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    const body = portions(() => controller?.abort(new Error("Nobody reads on")));
    const onAbort = () => (controller ? controller.abort(reasonOf(signal)) : reject(reasonOf(signal)));
    const finish = () => signal?.removeEventListener("abort", onAbort);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    connections.dispatch(
      {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: (init.method ?? "GET") as Dispatcher.HttpMethod,
        headers: Object.fromEntries(new Headers(init.headers)),
        body: typeof init.body === "string" ? init.body : null,
      },
      {
        onRequestStart(given) {
          controller = given;
          if (signal?.aborted) onAbort();
        },
        onResponseStart(_, status, headers) {
          resolve({ status, headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])), body });
        },
        onResponseData: (_, part) => body.push(part),
        onResponseEnd() {
          finish();
          body.end();
        },
        onResponseError(_, error) {
          finish();
          body.fail(error);
          reject(error); // nothing comes of it when the answer had begun
        },
      },
    );
  });
}

const reasonOf = (signal: AbortSignal | null | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error("The request was given up");

async function textOf(body: Portions): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > mostErrorCharacters) break;
  }
  return text;
}
