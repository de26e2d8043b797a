import { z } from "zod";

/**
 * Why a tool could not do what it was asked. Closed: the screen, the tests and the model's observation
 * all word the same list, and a new kind of failure has to be named here before it can happen.
 */
export const failureReasonSchema = z.enum([
  "invalid-arguments", // the call named no such tool, or its arguments do not fit the schema
  "unreadable-call", // the model wrote something that is not a call
  "unknown-address", // with private material at hand, only addresses that somebody else wrote are opened
  "blocked-address", // the address is private, malformed, or of a scheme we do not open
  "not-found", // HTTP 404/410, or a name that does not resolve
  "refused", // HTTP 401/403/451, or the site shows a challenge instead of the page
  "rate-limited", // HTTP 429, or this application has too much to do itself
  "server-error", // HTTP 5xx
  "unreachable", // no connection: refused, reset, TLS failure
  "timed-out", // a deadline passed at connect, headers, body, reading or extraction
  "too-large", // more bytes than the cap, before or after decompression
  "too-many-redirects",
  "unsupported-type", // not a kind of document we can read
  "unreadable-page", // nothing readable in it, or the reader had to be killed
  "no-results", // a search that worked and found nothing
  "provider-failed", // a service answered with something that is not its format
  "extraction-failed", // the page was read, the summary model could not extract from it
  "resting", // the provider failed so often just now that it was not asked
  "encrypted", // a file that needs a password
  "damaged", // a file that is not what it says it is, or is broken
  "script-failed", // Python ran the script and it raised, or exited with an error
  "out-of-memory", // it was ended at its memory limit
  "crashed", // its process died
  "not-recorded", // the run is replayed, and the recording holds no such call
  "cancelled", // the run was stopped
]);
export type FailureReason = z.infer<typeof failureReasonSchema>;

/** What a tool call came to. `text` is exactly what the model is given as the observation, in both cases. */
export const outcomeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ok"), text: z.string() }),
  z.object({ kind: z.literal("failed"), reason: failureReasonSchema, text: z.string() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
