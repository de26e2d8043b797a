import { formatDuration } from "#lib/client/format-duration.ts";
import type { ModelFailureReason } from "#lib/domain/model-card.ts";
import type { FailureReason } from "#lib/domain/outcome.ts";

const modelFailures: Record<ModelFailureReason, string> = {
  unreachable: "The model server refused the connection.",
  "server-error": "The model server failed.",
  "rate-limited": "The model server asks for a pause: too many requests.",
  refused: "The model server refused the request.",
  unauthorized: "The model server does not accept the key.",
  "unknown-model": "The model server does not serve this model.",
  "context-overflow": "The conversation is longer than the model's window.",
  "cut-off": "The model server closed the connection before the text was whole.",
  stalled: "The model went silent.",
  empty: "The model answered with nothing.",
  nonsense: "The model server answered with something that is no model answer.",
};
export const modelFailureWords = (reason: ModelFailureReason) => modelFailures[reason];

/** "Try 2 in 4 s.", counting down; "Try 2 is running." when its time has come. While no server is left: what happens next. */
export function retryWords(failure: { attempt: number; retryInMs: number | null; untilBack: boolean; at: string }, now: number): string {
  if (failure.retryInMs === null) return "It is not tried again.";
  if (failure.untilBack) {
    const waited = formatDuration(Math.max(0, Math.floor((now - Date.parse(failure.at)) / 1000) * 1000));
    return `Waiting for it for ${waited}; the run goes on by itself when it is back, within ${formatDuration(failure.retryInMs)}. That time is not counted.`;
  }
  const seconds = Math.ceil((Date.parse(failure.at) + failure.retryInMs - now) / 1000);
  return seconds > 0 ? `Try ${failure.attempt + 1} in ${seconds} s.` : `Try ${failure.attempt + 1} is running.`;
}

const toolFailures: Record<FailureReason, string> = {
  "invalid-arguments": "arguments do not fit",
  "unreadable-call": "call could not be read",
  "unknown-address": "not opened: only the model wrote this address",
  "blocked-address": "address is not allowed",
  "not-found": "not found",
  refused: "refused",
  "rate-limited": "rate limited",
  "server-error": "server failed",
  unreachable: "no connection",
  "timed-out": "timed out",
  "too-large": "too large",
  "too-many-redirects": "too many redirects",
  "unsupported-type": "cannot read this kind of file",
  "unreadable-page": "nothing readable",
  "no-results": "nothing found",
  "provider-failed": "provider failed",
  "extraction-failed": "nothing extracted",
  resting: "resting after failures",
  encrypted: "needs a password",
  damaged: "damaged file",
  "script-failed": "script failed",
  "out-of-memory": "out of memory",
  crashed: "crashed",
  "not-recorded": "not in the recording",
  cancelled: "stopped",
};

/** A failed try, in two or three words. A reason that this version does not know is shown as it is written. */
export const failureWords = (reason: string): string => (toolFailures as Record<string, string>)[reason] ?? reason;
