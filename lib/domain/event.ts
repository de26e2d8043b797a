import { z } from "zod";
import { attachmentRefSchema } from "./attachment.ts";
import { budgetSchema } from "./budget.ts";
import { branchSchema, findingSchema, heavyPlanSchema, laneEndSchema } from "./heavy.ts";
import { modelCardSchema, modelFailureReasonSchema } from "./model-card.ts";
import { outcomeSchema } from "./outcome.ts";
import { rewriteSchema } from "./report.ts";
import { runModeSchema, runPrioritySchema, runStatusSchema, terminationSchema, whenFullSchema } from "./run.ts";
import { sourceRefSchema } from "./source.ts";
import { attemptSchema, instructionFlagSchema, toolDetailsSchema } from "./tool-details.ts";

const stamp = { seq: z.number().int().positive(), at: z.string() };
const place = { lane: z.string(), step: z.number().int().positive() };
const call = { ...place, callId: z.string() };

/** A call as the model asked for it. One that cannot be read carries the `problem` instead: the observation the model gets, and nothing is carried out. */
const askedCallSchema = z.union([
  z.object({ tool: z.string(), problem: z.string() }),
  z.object({ tool: z.string(), arguments: z.record(z.string(), z.unknown()) }),
]);
export type AskedCall = z.infer<typeof askedCallSchema>;

/** Logs of before calls could be several hold one `call`. */
function withCalls(move: unknown): unknown {
  if (typeof move !== "object" || move === null || !("kind" in move) || move.kind !== "call") return move;
  const { kind: _, ...call } = move;
  return { kind: "calls", calls: [call] };
}

/** What the model decided in a step. `problem` is an observation that tells it what was wrong with the turn. */
export const moveSchema = z.preprocess(
  withCalls,
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("calls"), calls: z.array(askedCallSchema).min(1) }),
    z.object({ kind: z.literal("answer"), text: z.string() }),
    z.object({ kind: z.literal("unreadable"), problem: z.string() }),
    z.object({ kind: z.literal("none"), problem: z.string().optional() }),
  ]),
);
export type StepMove = z.infer<typeof moveSchema>;

/** What an assistant turn has beside its text where thought and calls are fields of their own (the native dialect), as it is sent back. */
export const nativeTurnSchema = z.object({
  reasoning: z.string(),
  calls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })),
});
export type NativeTurn = z.infer<typeof nativeTurnSchema>;

export const textChannelSchema = z.enum(["thought", "report", "answer"]);
export type TextChannel = z.infer<typeof textChannelSchema>;

/**
 * Why a step was the forced one: the prompt told the model to answer now. `tokens`: the conversation fills the window; `run-tokens`: the run
 * has used what it may use in all.
 */
export const forcedBySchema = z.enum(["tokens", "calls", "minutes", "request", "no-move", "repetition", "run-tokens"]);
export type ForcedBy = z.infer<typeof forcedBySchema>;

export const stepUsageSchema = z.object({
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  /** Of the prompt, what the server had in its prefix cache; absent where it does not tell. */
  cachedTokens: z.number().int().optional(),
});
export type StepUsage = z.infer<typeof stepUsageSchema>;

/** How unsure the model was of a turn: exp of the mean entropy of its tokens, over the thought, the call and all of it. Null where there was none. */
export const uncertaintySchema = z.object({ thought: z.number().nullable(), call: z.number().nullable(), all: z.number() });
export type Uncertainty = z.infer<typeof uncertaintySchema>;

/** Which part of the report a step of the writer wrote, or how many sentences a step of the judge compared with their passages. */
export const writesSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("outline") }),
  z.object({ kind: z.literal("section"), title: z.string(), n: z.number().int().positive(), of: z.number().int().positive() }),
  z.object({ kind: z.literal("closing") }),
  /** `of` names what was compared with what, by its hash. */
  z.object({ kind: z.literal("comparison"), claims: z.number().int().positive(), of: z.string().optional() }),
]);
export type Writes = z.infer<typeof writesSchema>;

/**
 * An immutable fact about a run. `(run, seq)` is its key; a lane's facts carry `lane` and `step`.
 * `text-appended` is a live delta: it is pruned once its step ended, because `step-ended` holds the whole text.
 */
export const eventSchema = z.discriminatedUnion("type", [
  z.object({
    ...stamp,
    type: z.literal("run-queued"),
    question: z.string(),
    mode: runModeSchema,
    budget: budgetSchema,
    whenFull: whenFullSchema.default("answer"),
    priority: runPrioritySchema.default("interactive"),
    /** Every file the run may read: those that came with the question, then those of earlier questions of its session. */
    attachments: z.array(attachmentRefSchema).default([]),
    /** The run whose tool results this one is given again, in the place of the world. */
    replayOf: z.string().optional(),
    /** How many lanes and how they work together, where the mode is Heavy. */
    heavy: heavyPlanSchema.optional(),
    /** Nothing is researched: the report of another run is written again from what that run read. */
    rewrite: rewriteSchema.extend({ runId: z.string() }).optional(),
    /** The report that this question goes on from, as it stood when it was asked. */
    basis: z.object({ reportId: z.string(), question: z.string(), markdown: z.string() }).optional(),
    /** sha256 of what was asked for, as it was sent: under one idempotency key nothing else may be asked. */
    requestHash: z.string().optional(),
  }),
  z.object({
    ...stamp,
    type: z.literal("run-started"),
    attempt: z.number().int().positive(), // 2 and more: the worker before died, and this one goes on from the last ended step
    worker: z.string(),
    model: modelCardSchema,
    /** The system prompt of the run, byte for byte, fixed at the first start so that a resumed run sends the same prefix. */
    systemPrompt: z.string(),
    /** The names of the tools it was offered, in their order; with the native dialect they are a part of every prompt. */
    tools: z.array(z.string()).optional(),
  }),
  z.object({ ...stamp, type: z.literal("lane-started"), lane: z.string(), branch: branchSchema.optional() }),
  /** A lane of a Heavy run is over. `detail` says in a sentence what happened where it gave no answer. */
  z.object({
    ...stamp,
    type: z.literal("lane-ended"),
    lane: z.string(),
    end: laneEndSchema,
    answer: z.string().nullable(),
    forced: forcedBySchema.optional(),
    detail: z.string().optional(),
  }),
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
    /** No server is left: the next try comes as soon as one is back, and `retryInMs` is the longest it is waited for. */
    untilBack: z.boolean().optional(),
  }),
  /** The wait for a model server is over. Time without any server is not taken from the run's minutes. */
  z.object({ ...stamp, ...place, type: z.literal("model-returned"), back: z.boolean(), waitedMs: z.number() }),
  /** The server has the request and sends nothing: queued, preempted or hanging. Told while it lasts. */
  z.object({
    ...stamp,
    ...place,
    type: z.literal("model-silent"),
    silentMs: z.number(),
    /** How many requests the server works on and how many wait, where it tells. */
    running: z.number().int().nullable(),
    waiting: z.number().int().nullable(),
    /** Waiting for a place among our own requests to this server. */
    ours: z.boolean().optional(),
  }),
  /** The step in which everything before was summarised: the conversation goes on from the question and the summary. The log keeps all of it. */
  z.object({
    ...stamp,
    ...place,
    type: z.literal("context-compacted"),
    thought: z.string(),
    summary: z.string(),
    usage: stepUsageSchema.nullable(),
    durationMs: z.number(),
  }),
  z.object({
    ...stamp,
    ...place,
    type: z.literal("step-ended"),
    thought: z.string(),
    raw: z.string(), // the model's text as it came, the form it is sent back in
    native: nativeTurnSchema.optional(), // the rest of the turn, where it is more than text
    move: moveSchema,
    forced: forcedBySchema.optional(),
    /** The report as it was rewritten in this step; null where one was asked for and none came. Absent where none is written. */
    report: z.string().nullable().optional(),
    writes: writesSchema.optional(),
    /** What the synthesis compared. */
    findings: z.array(findingSchema).optional(),
    /** Where the server told the probabilities of its tokens. */
    uncertainty: uncertaintySchema.optional(),
    /** Messages left out of a forced prompt because it would not have fitted with them. */
    leftOut: z.number().int().positive().optional(),
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
    /** Text in what came back that tries to instruct the agent. */
    flags: z.array(instructionFlagSchema).optional(),
  }),
  z.object({ ...stamp, ...call, type: z.literal("source-found"), source: sourceRefSchema }),
  /** `command`: the request that it answers, so that it is answered once. */
  z.object({ ...stamp, type: z.literal("stop-requested"), kind: z.enum(["now", "finish"]), command: z.number().int().optional() }),
  /** The worker that has the run goes, in order: what comes of the run is nothing that ended a worker. */
  z.object({ ...stamp, type: z.literal("worker-left") }),
  /** The reader paused the run: it has no worker until `run-resumed`, and what was streamed of an unfinished thought is void. */
  z.object({ ...stamp, type: z.literal("run-paused"), command: z.number().int().optional() }),
  /** It is back in the queue. */
  z.object({ ...stamp, type: z.literal("run-resumed") }),
  /** The reader adds to the question. `to`: for this lane alone; without it for every lane that still works. */
  z.object({ ...stamp, type: z.literal("message-queued"), messageId: z.string(), text: z.string(), to: z.string().optional() }),
  /** From this step on the lane's prompts hold the message. */
  z.object({ ...stamp, ...place, type: z.literal("message-delivered"), messageId: z.string() }),
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
