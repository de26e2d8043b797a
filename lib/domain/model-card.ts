import { z } from "zod";

/** Which model a run works with, as the log and the screen name it. The built-in quoting model has no name: it is not a language model. */
export const modelCardSchema = z.object({
  dialect: z.enum(["tongyi", "native", "quoting"]),
  name: z.string().nullable(),
  /** Tokens the server accepts in all, from /v1/models; null when it does not tell. */
  window: z.number().int().nullable(),
});
export type ModelCard = z.infer<typeof modelCardSchema>;

/** Why a model call came to nothing. Closed, like the reasons of the tools. */
export const modelFailureReasonSchema = z.enum([
  "unreachable", // connection refused, reset before the first byte, name not found
  "server-error", // HTTP 5xx, or an error line inside the stream
  "rate-limited", // HTTP 429
  "refused", // HTTP 4xx that repeating does not mend
  "unauthorized", // HTTP 401/403: wrong key
  "unknown-model", // HTTP 404, or MODEL_NAME is not among the served ones
  "context-overflow", // HTTP 400 because the prompt is longer than the window
  "cut-off", // the stream ended without a finish reason
  "stalled", // no byte for longer than a preempted server is silent
  "empty", // a complete answer without any text
  "nonsense", // not the protocol: HTML, broken JSON, a line without end
]);
export type ModelFailureReason = z.infer<typeof modelFailureReasonSchema>;
