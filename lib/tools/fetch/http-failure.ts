import type { Dispatcher } from "undici";
import { retryAfterOf } from "#lib/std/retry-after.ts";
import { type FailedFetch, failedFetch } from "./failed-fetch.ts";
import { headerOf } from "./header-of.ts";

const reasons: Record<number, FailedFetch["reason"]> = {
  404: "not-found",
  408: "timed-out",
  410: "not-found",
  429: "rate-limited",
};

/** What a final status that is not a success means; `null` for a success. */
export function httpFailure(response: Dispatcher.ResponseData): FailedFetch | null {
  const status = response.statusCode;
  if (headerOf(response, "cf-mitigated") === "challenge")
    return failedFetch("refused", `HTTP ${status}, the site shows a challenge instead of the page`);
  if (status === 204 || status === 205) return failedFetch("unreadable-page", `HTTP ${status}, a page without content`);
  if (status >= 200 && status < 300) return null;
  const reason = reasons[status] ?? (status >= 400 && status < 500 ? "refused" : "server-error");
  const retryAfter = headerOf(response, "retry-after");
  const waits = status === 429 || status === 503;
  if (!waits || !retryAfter) return failedFetch(reason, `HTTP ${status}`);
  const retryAfterMs = retryAfterOf(retryAfter);
  return { ...failedFetch(reason, `HTTP ${status}, ${retryWords(retryAfter)}`), ...(retryAfterMs !== null && { retryAfterMs }) };
}

const retryWords = (retryAfter: string) =>
  /^\d+$/.test(retryAfter) ? `retry after ${retryAfter} s` : `retry after ${retryAfter.slice(0, 40)}`;
