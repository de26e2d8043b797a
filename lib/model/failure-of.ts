import { APIConnectionError, APIError } from "openai";
import { retryAfterOf } from "#lib/std/retry-after.ts";
import { errorMessage, isContextOverflow, windowIn } from "./chat-chunk.ts";
import type { ModelFailure } from "./model.ts";
import { Stalled } from "./watch-silence.ts";

/** Every way a request can fail, as one of the closed reasons. */
export function failureOf(error: unknown, baseUrl: string): ModelFailure {
  if (error instanceof Stalled) return { reason: "stalled", detail: error.message };
  if (error instanceof APIConnectionError) {
    const closed = /ECONNRESET|EPIPE|UND_ERR_SOCKET/.test(causeOf(error));
    if (closed) return { reason: "cut-off", detail: `${baseUrl} closed the connection before it answered` };
    return { reason: "unreachable", detail: `No connection to ${baseUrl}${causeOf(error)}` };
  }
  if (error instanceof APIError && error.status !== undefined) return statusFailure(error);
  return { reason: "cut-off", detail: `The connection broke while the answer was arriving${causeOf(error)}` };
}

/** The system's code for what went wrong with a connection, in brackets; empty when there is none. */
export function causeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return ` (${cause.code})`;
  }
  return "";
}

/** No status below 500 but these is mended by asking again. */
const reasons: Record<number, ModelFailure["reason"]> = {
  401: "unauthorized",
  403: "unauthorized",
  404: "unknown-model",
  408: "server-error",
  429: "rate-limited",
};

function statusFailure(error: APIError): ModelFailure {
  const status = Number(error.status);
  const message = errorMessage(error.error) ?? error.message;
  if (status === 400 && isContextOverflow(message)) return overflow(message);
  const retryAfterMs = retryAfterOf(error.headers?.get("retry-after"));
  const reason = reasons[status] ?? (status >= 500 ? "server-error" : "refused");
  return { reason, detail: `HTTP ${status}: ${clip(message)}`, ...(retryAfterMs && { retryAfterMs }) };
}

export function overflow(message: string): ModelFailure {
  const window = windowIn(message);
  return { reason: "context-overflow", detail: clip(message, 400), ...(window !== null && { window }) };
}

export const clip = (text: string, length = 120) => (text.length > length ? `${text.slice(0, length)}…` : text);
