import type { FailureReason } from "#lib/domain/outcome.ts";

export type JsonAnswer = { ok: true; json: unknown } | { ok: false; reason: FailureReason; detail: string; retryAfterMs?: number };

export const userAgent = "Dossier/0.1 (self-hosted research; +https://github.com/dossier)";

/**
 * Gets JSON from a service the operator configured. Every way it can fail is one of the closed reasons; `detail` names the number.
 * Throws only when `signal` aborted.
 */
export async function getJson(
  url: URL,
  options: { signal: AbortSignal; timeoutMs?: number; headers?: Record<string, string> },
): Promise<JsonAnswer> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  try {
    const response = await fetch(url, {
      headers: { accept: "application/json", "user-agent": userAgent, ...options.headers },
      signal: AbortSignal.any([options.signal, deadline]),
    });
    if (!response.ok) return statusFailure(response);
    const text = await response.text();
    try {
      return { ok: true, json: JSON.parse(text) };
    } catch {
      return { ok: false, reason: "provider-failed", detail: `${url.host} answered with something that is not JSON` };
    }
  } catch (error) {
    options.signal.throwIfAborted();
    if (deadline.aborted)
      return { ok: false, reason: "timed-out", detail: `${url.host} did not answer in ${(options.timeoutMs ?? 15_000) / 1000} s` };
    const cause = error instanceof Error && error.cause instanceof Error && "code" in error.cause ? ` (${String(error.cause.code)})` : "";
    return { ok: false, reason: "unreachable", detail: `No connection to ${url.host}${cause}` };
  }
}

function statusFailure(response: Response): JsonAnswer {
  void response.body?.cancel();
  const { status } = response;
  const detail = `HTTP ${status}`;
  const seconds = Number(response.headers.get("retry-after"));
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: Math.min(seconds, 60) * 1000 } : {};
  if (status === 429) return { ok: false, reason: "rate-limited", detail, ...retryAfterMs };
  if (status === 401 || status === 403) return { ok: false, reason: "refused", detail };
  if (status === 404) return { ok: false, reason: "not-found", detail };
  return { ok: false, reason: status >= 500 ? "server-error" : "provider-failed", detail, ...retryAfterMs };
}
