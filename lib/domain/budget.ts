import { z } from "zod";

/** What a run may use. Upstream's figures are the defaults: 100 model calls, 150 minutes (reference: Tongyi inference, limits). */
export const budgetSchema = z.object({
  calls: z.number().int().min(1).max(1000),
  minutes: z
    .number()
    .min(1)
    .max(24 * 60),
});
export type Budget = z.infer<typeof budgetSchema>;
