import { z } from "zod";
import { passageSchema } from "./source.ts";

/**
 * quoted: the sentence stands verbatim in the passage. supported: the judging model found that the passage says it. weak: the passage carries
 * it in part, or something in the sentence is not in the passage. unsupported: the passage does not carry it. unchecked: a passage was found
 * that comes near, and nobody has compared the meaning.
 */
export const citationStatusSchema = z.enum(["quoted", "supported", "weak", "unsupported", "unchecked"]);
export type CitationStatus = z.infer<typeof citationStatusSchema>;

/**
 * Claim → passage. The citations of a report stand in the order of their marks in its Markdown: the k-th `[n]` is the
 * k-th citation. `n` is the number of the source in the report's list, so one source keeps one number.
 */
export const citationSchema = z.object({
  n: z.number().int().positive(),
  sourceId: z.string(),
  claim: z.string(),
  passage: passageSchema,
  status: citationStatusSchema,
  origin: z.enum(["model", "attributed"]), // who set the mark: the model, or our attribution afterwards
  /** Why it has its status, in a sentence: what the check found. Absent where the status says all. */
  reason: z.string().optional(),
  /** Who gave the status: the comparison of the texts, or a model that was shown sentence and passage. */
  judge: z.enum(["text", "model"]).optional(),
});
export type Citation = z.infer<typeof citationSchema>;
