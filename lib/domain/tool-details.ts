import { z } from "zod";
import { failureReasonSchema } from "./outcome.ts";

/** One try at one provider. A chain of these tells how an answer came about: what was asked first, what failed, what was used. */
export const attemptSchema = z.object({
  provider: z.string(),
  ok: z.boolean(),
  reason: failureReasonSchema.optional(),
  detail: z.string().optional(),
  durationMs: z.number(),
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
  z.object({ kind: z.literal("none") }),
]);
export type ToolDetails = z.infer<typeof toolDetailsSchema>;
export type SearchDetails = Extract<ToolDetails, { kind: "search" }>;
export type VisitDetails = Extract<ToolDetails, { kind: "visit" }>;
