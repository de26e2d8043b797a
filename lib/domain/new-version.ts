import { z } from "zod";
import type { RewriteWishes } from "./report.ts";
import { storableTextSchema } from "./storable-text.ts";

const mostInstructions = 2_000;

/** What `POST /api/runs/:id/reports` takes: what the next version is to be like, and which version it is made from (the newest). */
export const newVersionSchema = z
  .object({
    length: z.enum(["shorter", "longer"], { error: 'must be "shorter" or "longer"' }).optional(),
    language: storableTextSchema.trim().min(1, "must not be empty").max(60, "must have at most 60 characters").optional(),
    instructions: storableTextSchema
      .trim()
      .min(1, "must not be empty")
      .max(mostInstructions, `must have at most ${mostInstructions.toLocaleString("en")} characters`)
      .optional(),
    model: storableTextSchema.min(1).max(200).optional(),
    from: z.string({ error: "must be the id of a version of this report" }).optional(),
    idempotencyKey: storableTextSchema.min(1).max(200).optional(),
  })
  .strict();
export type NewVersion = z.infer<typeof newVersionSchema>;

/** What a run that writes a report again is called in its session: `Write again: shorter, in Chinese`. */
export function rewriteTitle({ length, language, instructions, model }: RewriteWishes): string {
  const wishes = [length, language && `in ${language}`, model && `with ${model}`, instructions].filter(Boolean);
  return wishes.length === 0 ? "Write again" : `Write again: ${wishes.join(", ")}`;
}
