import { z } from "zod";
import { budgetSchema } from "./budget.ts";
import { modelCardSchema, modelFailureReasonSchema } from "./model-card.ts";
import { outcomeSchema } from "./outcome.ts";
import { runModeSchema, runStatusSchema, terminationSchema } from "./run.ts";
import { sourceRefSchema } from "./source.ts";
import { attemptSchema, toolDetailsSchema } from "./tool-details.ts";

const stamp = { seq: z.number().int().positive(), at: z.string() };
const place = { lane: z.string(), step: z.number().int().positive() };
const call = { ...place, callId: z.string() };

/** What the model decided in a step, read from its text after the last `</think>`. */
export const moveSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("call"), tool: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal("answer"), text: z.string() }),
  z.object({ kind: z.literal("unreadable"), problem: z.string() }),
  z.object({ kind: z.literal("none") }),
]);
export type StepMove = z.infer<typeof moveSchema>;

export const textChannelSchema = z.enum(["thought", "report", "answer"]);
export type TextChannel = z.infer<typeof textChannelSchema>;

/** Why a step was the forced one: the prompt told the model to answer now. */
export const forcedBySchema = z.enum(["tokens", "calls", "minutes", "request", "no-move"]);
export type ForcedBy = z.infer<typeof forcedBySchema>;

export const stepUsageSchema = z.object({ promptTokens: z.number().int(), completionTokens: z.number().int() });

/**
 * An immutable fact about a run. `(run, seq)` is its key; a lane's facts carry `lane` and `step`.
 * `text-appended` is a live delta: it is pruned once its step ended, because `step-ended` holds the whole text.
 */
export const eventSchema = z.discriminatedUnion("type", [
  z.object({ ...stamp, type: z.literal("run-queued"), question: z.string(), mode: runModeSchema, budget: budgetSchema }),
  z.object({
    ...stamp,
    type: z.literal("run-started"),
    attempt: z.number().int().positive(), // 2 and more: the worker before died, and this one goes on from the last ended step
    worker: z.string(),
    model: modelCardSchema,
    /** The system prompt of the run, byte for byte, fixed at the first start so that a resumed run sends the same prefix. */
    systemPrompt: z.string(),
  }),
  z.object({ ...stamp, type: z.literal("lane-started"), lane: z.string() }),
  z.object({ ...stamp, ...place, type: z.literal("text-appended"), channel: textChannelSchema, text: z.string() }),
  z.object({
    ...stamp,
    ...place,
    type: z.literal("model-failed"),
    attempt: z.number().int().positive(),
    reason: modelFailureReasonSchema,
    detail: z.string(),
    /** Milliseconds until the next try; null when there is none. */
    retryInMs: z.number().nullable(),
  }),
  z.object({
    ...stamp,
    ...place,
    type: z.literal("step-ended"),
    thought: z.string(),
    raw: z.string(), // the model's text as it came, the form it is sent back in
    move: moveSchema,
    forced: forcedBySchema.optional(),
    usage: stepUsageSchema.nullable(),
    finishReason: z.string().nullable(),
    firstTextMs: z.number().nullable(),
    durationMs: z.number(),
  }),
  z.object({ ...stamp, ...call, type: z.literal("tool-called"), tool: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  z.object({
    ...stamp,
    ...call,
    type: z.literal("tool-returned"),
    outcome: outcomeSchema,
    details: toolDetailsSchema,
    provider: z.string().nullable(),
    attempts: z.array(attemptSchema),
    cacheHit: z.boolean(),
    durationMs: z.number(),
    sourceIds: z.array(z.string()),
  }),
  z.object({ ...stamp, ...call, type: z.literal("source-found"), source: sourceRefSchema }),
  z.object({ ...stamp, type: z.literal("stop-requested"), kind: z.enum(["now", "finish"]) }),
  z.object({
    ...stamp,
    type: z.literal("report-written"),
    reportId: z.string(),
    version: z.number().int().positive(),
    kind: z.enum(["answer", "quotes"]),
    citations: z.number().int(),
    sources: z.number().int(),
    removedMarks: z.array(z.string()),
  }),
  z.object({
    ...stamp,
    type: z.literal("run-ended"),
    status: runStatusSchema,
    termination: terminationSchema,
    /** One sentence for people when the end needs explaining: what happened, what it means. */
    detail: z.string().optional(),
  }),
]);
export type Event = z.infer<typeof eventSchema>;
export type EventType = Event["type"];
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;

/** An event before the log has numbered and dated it. */
export type Fact = Event extends infer E ? (E extends Event ? Omit<E, "seq" | "at"> : never) : never;

/** Reads one stored event. A type this version does not know gives null: old code may read a newer log. */
export function readEvent(value: unknown): Event | null {
  const parsed = eventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  const known = eventSchema.options.some((option) => option.shape.type.value === type);
  if (known) throw new Error(`The log holds a ${String(type)} event that does not fit its schema`, { cause: parsed.error });
  return null;
}
