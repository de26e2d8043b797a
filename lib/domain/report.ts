import { z } from "zod";
import { citationSchema } from "./citation.ts";
import { figureRefSchema } from "./figure.ts";
import { sourceRefSchema } from "./source.ts";

/** `quotes`: no language model wrote it, it only quotes its sources. `answer`: the model's answer, with our marks. */
export const reportKindSchema = z.enum(["answer", "quotes"]);
export type ReportKind = z.infer<typeof reportKindSchema>;

/** What was asked of a version that was written again from the same evidence. */
export const rewriteWishesSchema = z.object({
  length: z.enum(["shorter", "longer"]).optional(),
  /** As its readers call it: `Chinese`, `Deutsch`. */
  language: z.string().optional(),
  instructions: z.string().optional(),
  /** The name of the model that writes, where it is not the run's own. */
  model: z.string().optional(),
});
export type RewriteWishes = z.infer<typeof rewriteWishesSchema>;

/** Which version a version was made from, and what was asked of it. */
export const rewriteSchema = z.object({ reportId: z.string(), version: z.number().int().positive(), wishes: rewriteWishesSchema });
export type Rewrite = z.infer<typeof rewriteSchema>;

export const reportSchema = z.object({
  id: z.string(),
  runId: z.string(),
  sessionId: z.string(),
  version: z.number().int().positive(),
  kind: reportKindSchema,
  question: z.string(),
  markdown: z.string(),
  citations: z.array(citationSchema),
  /** The cited sources, numbered as in the marks. */
  sources: z.array(sourceRefSchema),
  /** Sources that were read and not cited. */
  readOnly: z.array(sourceRefSchema),
  /** Marks of the model that named no source of this run; they were taken out of the text. */
  removedMarks: z.array(z.string()),
  /** What a reader has to know of how it was researched to judge it, in sentences. */
  limitations: z.array(z.string()),
  /** What scripts of the run drew and the report shows, by `![…](figure:n)`. */
  figures: z.array(figureRefSchema).default([]),
  model: z.string().nullable(),
  /** The model that compared sentences with passages; null where only the texts were compared. */
  judge: z.string().nullable(),
  /** Null for the version that the research itself ended with. */
  rewrite: rewriteSchema.nullable(),
  createdAt: z.string(),
});
export type Report = z.infer<typeof reportSchema>;
