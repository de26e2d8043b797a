import { z } from "zod";
import { maxAttachments } from "./attachment-limits.ts";
import { budgetSchema } from "./budget.ts";
import { runPrioritySchema, whenFullSchema } from "./run.ts";
import { storableTextSchema } from "./storable-text.ts";

/** Characters of a question. Longer material belongs into a file, not into the question. */
export const maxQuestionLength = 20_000;

/** What `POST /api/sessions/:id/runs` takes. */
export const newRunSchema = z.object({
  question: storableTextSchema
    .trim()
    .min(1, "must not be empty")
    .max(maxQuestionLength, `must have at most ${maxQuestionLength.toLocaleString("en")} characters`),
  mode: z.enum(["react"], { error: 'must be "react"; other modes are not available' }).default("react"),
  budget: budgetSchema.partial().default({}),
  whenFull: whenFullSchema.default("answer"),
  priority: runPrioritySchema.default("interactive"),
  /** Ids of uploaded files. One that is named twice comes once. */
  attachments: z
    .array(z.string({ error: "must be the id of an uploaded file" }))
    .max(maxAttachments, `must be at most ${maxAttachments} files`)
    .default([])
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]),
  idempotencyKey: storableTextSchema.min(1).max(200).optional(),
});
