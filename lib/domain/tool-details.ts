import { z } from "zod";
import { figureRefSchema } from "./figure.ts";
import { failureReasonSchema } from "./outcome.ts";

/** One provider of a chain and what it came to. A chain of these tells how an answer came about: what was asked first, what failed, what was used. */
export const attemptSchema = z.object({
  provider: z.string(),
  ok: z.boolean(),
  reason: failureReasonSchema.optional(),
  detail: z.string().optional(),
  /** All of it: waiting for a turn, every request, the pauses between them. */
  durationMs: z.number(),
  /** Requests that were made, where it was not one. */
  tries: z.number().int().nonnegative().optional(),
  /** Of the duration, what was spent waiting for a turn: the provider allows so many requests at a time, or in a time. */
  waitedMs: z.number().optional(),
  /** Nothing was requested: the answer was stored. */
  cacheHit: z.boolean().optional(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const searchHitSchema = z.object({
  title: z.string(),
  url: z.string(),
  site: z.string(),
  snippet: z.string(),
  date: z.string().optional(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** A scholarly work, as an index of such works describes it. */
export const paperSchema = z.object({
  title: z.string(),
  /** Where it is described; `pdfUrl` is where it can be read, when the index knows. */
  url: z.string(),
  pdfUrl: z.string().optional(),
  /** Authors and venue in one line. */
  publication: z.string().optional(),
  year: z.string().optional(),
  citedBy: z.number().int().optional(),
  snippet: z.string(),
});
export type Paper = z.infer<typeof paperSchema>;

/** Text in what a tool brought that tries to instruct the agent. It is shown to people; to the model it stays data. */
export const instructionFlagSchema = z.object({ where: z.string(), excerpt: z.string() });
export type InstructionFlag = z.infer<typeof instructionFlagSchema>;

/** What a tool found, for the screen. The model reads only the outcome's text. */
export const toolDetailsSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("search"),
    queries: z.array(
      z.object({
        query: z.string(),
        provider: z.string().nullable(),
        hits: z.array(searchHitSchema),
        attempts: z.array(attemptSchema),
        failure: failureReasonSchema.optional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("visit"),
    goal: z.string(),
    pages: z.array(
      z.object({
        url: z.string(),
        finalUrl: z.string().optional(),
        title: z.string().optional(),
        site: z.string(),
        provider: z.string().nullable(),
        sourceId: z.string().optional(),
        failure: failureReasonSchema.optional(),
        detail: z.string().optional(),
        durationMs: z.number(),
        rational: z.string().optional(),
        evidence: z.string().optional(),
        summary: z.string().optional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("scholar"),
    queries: z.array(
      z.object({
        query: z.string(),
        provider: z.string().nullable(),
        papers: z.array(paperSchema),
        attempts: z.array(attemptSchema),
        failure: failureReasonSchema.optional(),
      }),
    ),
  }),
  z.object({
    kind: z.literal("python"),
    code: z.string(),
    stdout: z.string(),
    stderr: z.string(),
    /** Null when it was ended from outside. */
    returnCode: z.number().int().nullable(),
    failure: failureReasonSchema.optional(),
    /** What it drew. */
    figures: z.array(figureRefSchema).optional(),
    /** Of the script alone. */
    durationMs: z.number(),
  }),
  z.object({
    kind: z.literal("files"),
    files: z.array(
      z.object({
        name: z.string(),
        /** As found in its bytes: `PDF`, `Word document`. */
        type: z.string().optional(),
        /** `12 pages`, `3 sheets`. */
        extent: z.string().optional(),
        sourceId: z.string().optional(),
        /** Characters given to the model, where the file has more. */
        shownCharacters: z.number().int().optional(),
        characters: z.number().int().optional(),
        failure: failureReasonSchema.optional(),
        detail: z.string().optional(),
        durationMs: z.number(),
      }),
    ),
  }),
  z.object({ kind: z.literal("none") }),
]);
export type ToolDetails = z.infer<typeof toolDetailsSchema>;
export type SearchDetails = Extract<ToolDetails, { kind: "search" }>;
export type VisitDetails = Extract<ToolDetails, { kind: "visit" }>;
export type ScholarDetails = Extract<ToolDetails, { kind: "scholar" }>;
export type PythonDetails = Extract<ToolDetails, { kind: "python" }>;
export type FilesDetails = Extract<ToolDetails, { kind: "files" }>;
