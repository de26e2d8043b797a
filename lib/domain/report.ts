import { z } from "zod";
import { citationSchema } from "./citation.ts";
import { sourceRefSchema } from "./source.ts";

/** `quotes`: no language model wrote it, it only quotes its sources. `answer`: the model's answer, with our marks. */
export const reportKindSchema = z.enum(["answer", "quotes"]);
export type ReportKind = z.infer<typeof reportKindSchema>;

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
  model: z.string().nullable(),
  createdAt: z.string(),
});
export type Report = z.infer<typeof reportSchema>;
