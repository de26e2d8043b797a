/** Why no answer came. Closed: each has its own advice. */
export type Silence =
  | "refused" // nothing listens there
  | "unknown-host"
  | "no-route"
  | "timeout"
  | "untrusted" // the certificate cannot be verified
  | "not-tls" // https asked of a server that speaks http
  | "not-http"
  | "blocked-port" // fetch never connects to it
  | "closed"; // the connection broke

export type Answer =
  | { kind: "answered"; status: number; text: string; location: string | null; durationMs: number }
  | { kind: "silent"; silence: Silence; code: string };

const mostBytes = 5_000_000; // /metrics of a busy server is some hundred kB

/** One short request. Never throws for what a server can do; throws when `signal` aborted. */
export async function ask(
  url: string,
  request: { apiKey?: string | undefined; body?: unknown; signal: AbortSignal; timeoutMs: number },
): Promise<Answer> {
  const began = performance.now();
  try {
    const response = await fetch(url, {
      ...requestInit(request),
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs)]),
    });
    const text = await clippedText(response);
    return {
      kind: "answered",
      status: response.status,
      text,
      location: response.headers.get("location"),
      durationMs: performance.now() - began,
    };
  } catch (error) {
    request.signal.throwIfAborted();
    return silenceOf(error);
  }
}

/** Redirects are an answer, not followed: a completion that is redirected loses its body. */
export const requestInit = (request: { apiKey?: string | undefined; body?: unknown }): RequestInit => ({
  method: request.body === undefined ? "GET" : "POST",
  redirect: "manual",
  headers: {
    authorization: `Bearer ${request.apiKey ?? "EMPTY"}`,
    ...(request.body !== undefined && { "content-type": "application/json" }),
  },
  ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
});

export async function clippedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > mostBytes) break;
  }
  return text;
}

const silences: [RegExp, Silence][] = [
  [/ECONNREFUSED/, "refused"],
  [/ENOTFOUND|EAI_/, "unknown-host"],
  [/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/, "no-route"],
  [/TIMEOUT|ETIMEDOUT/i, "timeout"],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ISSUER/, "untrusted"],
  [/ERR_SSL|EPROTO|WRONG_VERSION/, "not-tls"],
  [/^HPE_|does not match the HTTP/, "not-http"],
  [/bad port/, "blocked-port"],
];

/** The first code along the causes decides, else the innermost words; a broken connection is what is left. */
export function silenceOf(error: unknown): Answer & { kind: "silent" } {
  const cause = causeOf(error);
  const silence = silences.find(([pattern]) => pattern.test(cause))?.[1] ?? "closed";
  return { kind: "silent", silence, code: /^[A-Z][A-Z0-9_]+$/.test(cause) ? cause : "no code" };
}

function causeOf(error: unknown): string {
  let last = "";
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === "TimeoutError") return "TIMEOUT";
    if ("code" in cause && typeof cause.code === "string") return cause.code;
    last = cause.message;
  }
  return last;
}
