import { z } from "zod";
import { budgetSchema } from "./budget.ts";
import { heavyPlanSchema } from "./heavy.ts";

export const runModeSchema = z.enum(["react", "heavy"]);
export type RunMode = z.infer<typeof runModeSchema>;

/** What happens when the conversation fills the model's window: one forced answer, or a summary from which the run goes on. */
export const whenFullSchema = z.enum(["answer", "compact"]);
export type WhenFull = z.infer<typeof whenFullSchema>;

/** Who waits for whom at the model: runs that nobody is looking at let the others go first. */
export const runPrioritySchema = z.enum(["interactive", "batch"]);
export type RunPriority = z.infer<typeof runPrioritySchema>;

export const runStatusSchema = z.enum(["queued", "running", "paused", "done", "stopped", "failed"]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/**
 * How a run came to its end. The first six are upstream's own values, so that traces can be compared with its evaluator's;
 * the rest name ends that upstream does not have.
 */
export const terminationSchema = z.enum([
  "answer",
  "exceed available llm calls",
  "No answer found after 2h30mins",
  "generate an answer as token limit reached",
  "format error: generate an answer as token limit reached",
  "answer not found",
  "generate an answer as call limit reached",
  "generate an answer as time limit reached",
  "generate an answer on request",
  "generate an answer as token budget reached",
  "stopped",
  "model unavailable",
  "crashed repeatedly",
  "error",
]);
export type Termination = z.infer<typeof terminationSchema>;

/** Tokens over all model calls of a run. `cached` is 0 where the server does not tell. */
export const usageSchema = z.object({
  calls: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  cachedTokens: z.number().int().default(0),
});
export type Usage = z.infer<typeof usageSchema>;

export const runSchema = z.object({
  id: z.string(),
  sessionId: z.string(),
  status: runStatusSchema,
  mode: runModeSchema,
  /** Of a Heavy run. */
  heavy: heavyPlanSchema.nullable(),
  question: z.string(),
  termination: terminationSchema.nullable(),
  reportId: z.string().nullable(),
  usage: usageSchema,
  budget: budgetSchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const hasEnded = (status: RunStatus) => status === "done" || status === "stopped" || status === "failed";
