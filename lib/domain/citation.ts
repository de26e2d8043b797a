import { z } from "zod";
import { passageSchema } from "./source.ts";

/**
 * quoted: the sentence stands verbatim in the passage. unchecked: a passage was found that carries it, nobody has
 * compared the meaning. The other three are the claim check's verdicts.
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
});
export type Citation = z.infer<typeof citationSchema>;
