import type { z } from "zod";
import { retryAfterOf } from "#lib/std/retry-after.ts";
import type { Answer } from "./provider.ts";

const userAgent = "Dossier/0.1 (self-hosted research)";

export interface ServiceRequest {
  signal: AbortSignal;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  timeoutMs?: number;
}

/** More than any of these services sends; an answer that is longer is no answer. */
const mostBytes = 20_000_000;
const mostRedirects = 3;

/**
 * Asks a service the operator configured, once, and gives the text of its answer. Every way it can fail is one of the closed reasons;
 * `detail` names host and number, never a key. A redirect is followed on the same origin only, so that no key leaves for another host.
 * Throws only when `signal` aborted.
 */
export async function askText(address: URL, request: ServiceRequest): Promise<Answer<string>> {
  const { signal, timeoutMs = 15_000 } = request;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await follow(address, request, AbortSignal.any([signal, deadline]));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { ok: false, reason: "timed-out", detail: `${address.host} did not answer in ${timeoutMs / 1_000} s` };
    const cause = error instanceof Error && error.cause instanceof Error && "code" in error.cause ? ` (${String(error.cause.code)})` : "";
    return { ok: false, reason: "unreachable", detail: `No connection to ${address.host}${cause}` };
  }
}

/** The same, for a service that answers JSON of a known form. `form` is what is taken of it; everything else is let go. */
export async function askJson<Form extends z.ZodType>(url: URL, form: Form, request: ServiceRequest): Promise<Answer<z.infer<Form>>> {
  const answer = await askText(url, request);
  if (!answer.ok) return answer;
  const parsed = form.safeParse(parse(answer.value));
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, reason: "provider-failed", detail: `${url.host} answered in an unknown form` };
}

async function follow(address: URL, request: ServiceRequest, signal: AbortSignal): Promise<Answer<string>> {
  let url = address;
  for (let hops = 0; ; hops++) {
    const { method = "GET", headers, body } = request;
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { accept: "application/json", "user-agent": userAgent, ...type, ...headers },
      ...sent,
      signal,
    });
    const target = response.status >= 300 && response.status < 400 ? URL.parse(response.headers.get("location") ?? "", url) : null;
    if (!target) return await answerOf(url, response);
    void response.body?.cancel();
    if (target.origin !== url.origin || method !== "GET" || hops === mostRedirects)
      return { ok: false, reason: "provider-failed", detail: `${url.host} redirects to ${target.host}` };
    url = target;
  }
}

async function answerOf(url: URL, response: Response): Promise<Answer<string>> {
  if (!response.ok) {
    void response.body?.cancel();
    return statusFailure(response);
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > mostBytes) return { ok: false, reason: "too-large", detail: `${url.host} sent more than ${mostBytes / 1_000_000} MB` };
    parts.push(part);
  }
  return { ok: true, value: new TextDecoder().decode(Buffer.concat(parts)) };
}

function statusFailure(response: Response): Answer<never> {
  const { status } = response;
  const failed = { ok: false, detail: `HTTP ${status}`, status } as const;
  const retryAfterMs = retryAfterOf(response.headers.get("retry-after"));
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  if (status === 429) return { ...failed, reason: "rate-limited", ...wait };
  if (status === 401 || status === 402 || status === 403) return { ...failed, reason: "refused" };
  if (status === 404) return { ...failed, reason: "not-found" };
  if (status === 408) return { ...failed, reason: "timed-out" };
  return { ...failed, reason: status >= 500 ? "server-error" : "provider-failed", ...wait };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
