import { z } from "zod";
import { budgetSchema } from "./budget.ts";

/** Characters of a question. Longer material belongs into a file, not into the question. */
export const maxQuestionLength = 20_000;

/** What `POST /api/sessions/:id/runs` takes. */
export const newRunSchema = z.object({
  question: z
    .string({ error: "is missing: send the question as text" })
    .trim()
    .min(1, "must not be empty")
    .max(maxQuestionLength, `must have at most ${maxQuestionLength.toLocaleString("en")} characters`),
  mode: z.enum(["react"], { error: 'must be "react"; other modes are not available' }).default("react"),
  budget: budgetSchema.partial().default({}),
  idempotencyKey: z.string().min(1).max(200).optional(),
});
