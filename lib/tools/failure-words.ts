import type { FailureReason } from "#lib/domain/outcome.ts";

/** Each reason in words, to follow a colon: for the model's observation and for the screen. */
export const failureWords: Record<FailureReason, string> = {
  "invalid-arguments": "the arguments do not fit the tool",
  "unreadable-call": "the call could not be read",
  "unknown-address":
    "the address stands neither in the question nor in anything that was found, and this run holds private material; search for the page instead",
  "blocked-address": "the address is not a public web address",
  "not-found": "it was not found",
  refused: "access was refused",
  "rate-limited": "too many requests were made",
  "server-error": "it answered with an error",
  unreachable: "no connection could be made",
  "timed-out": "it took too long",
  "too-large": "it is too large",
  "too-many-redirects": "it redirects without end",
  "unsupported-type": "it is not a kind of document that can be read",
  "unreadable-page": "nothing readable was found in it",
  "no-results": "nothing was found",
  "provider-failed": "the service gave no usable answer",
  "extraction-failed": "nothing could be extracted from it",
  resting: "it failed so often just now that it was left alone",
  encrypted: "it needs a password",
  damaged: "the file is damaged",
  "script-failed": "the script raised an error",
  "out-of-memory": "it used more memory than it may",
  crashed: "its process ended unexpectedly",
  "not-recorded": "this call is not in the recording",
  cancelled: "the run was stopped",
};
