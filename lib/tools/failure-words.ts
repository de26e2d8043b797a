import type { FailureReason } from "#lib/domain/outcome.ts";

/** Each reason in words, to follow a colon: for the model's observation and for the screen. */
export const failureWords: Record<FailureReason, string> = {
  "invalid-arguments": "the arguments do not fit the tool",
  "unreadable-call": "the call could not be read",
  "blocked-address": "the address is not a public web address",
  "not-found": "there is no such page",
  refused: "the site refused access",
  "rate-limited": "too many requests were made there",
  "server-error": "the site has an error",
  unreachable: "no connection could be made",
  "timed-out": "it took too long",
  "too-large": "it is too large",
  "too-many-redirects": "it redirects without end",
  "unsupported-type": "it is not a kind of document that can be read",
  "unreadable-page": "nothing readable was found in it",
  "no-results": "nothing was found",
  "provider-failed": "the search service gave no usable answer",
  "extraction-failed": "nothing could be extracted from it",
  cancelled: "the run was stopped",
};
