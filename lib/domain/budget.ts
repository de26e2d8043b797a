import { z } from "zod";

/**
 * What a run may use. `calls` are those of one lane, `minutes` and `tokens` those of the whole run; tokens are prompt and completion as the
 * server counts them, and without a figure they are not limited.
 * Upstream's figures are the defaults: 100 model calls, 150 minutes (reference: Tongyi inference, limits).
 */
export const budgetSchema = z.object({
  calls: z.number().int().min(1).max(1000),
  minutes: z
    .number()
    .min(1)
    .max(24 * 60),
  tokens: z.number().int().min(1_000).max(1_000_000_000).optional(),
});
export type Budget = z.infer<typeof budgetSchema>;
