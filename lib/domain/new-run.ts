import { z } from "zod";
import { maxAttachments } from "./attachment-limits.ts";
import { budgetSchema } from "./budget.ts";
import { fewestLanes, type HeavyPlan, heavyPlanSchema, mostLanes, strategyNameSchema } from "./heavy.ts";
import { runModeSchema, runPrioritySchema, whenFullSchema } from "./run.ts";
import { storableTextSchema } from "./storable-text.ts";

/** Characters of a question. Longer material belongs into a file, not into the question. */
export const maxQuestionLength = 20_000;

const lanesWords = `must be a whole number from ${fewestLanes} to ${mostLanes}`;
const ofHeavyOnly = ["lanes", "strategy", "partialRollouts"] as const;

/** What `POST /api/sessions/:id/runs` takes. */
export const newRunSchema = z
  .object({
    question: storableTextSchema
      .trim()
      .min(1, "must not be empty")
      .max(maxQuestionLength, `must have at most ${maxQuestionLength.toLocaleString("en")} characters`),
    mode: z.enum(runModeSchema.options, { error: 'must be "react" or "heavy"' }).default("react"),
    lanes: z.int(lanesWords).min(fewestLanes, lanesWords).max(mostLanes, lanesWords).optional(),
    strategy: z.enum(strategyNameSchema.options, { error: 'must be "research-synthesis" or "parallel-muse"' }).optional(),
    partialRollouts: z.boolean("must be true or false").optional(),
    budget: budgetSchema.partial().default({}),
    whenFull: whenFullSchema.default("answer"),
    priority: runPrioritySchema.default("interactive"),
    /** Ids of uploaded files. One that is named twice comes once. */
    attachments: z
      .array(z.string({ error: "must be the id of an uploaded file" }))
      .max(maxAttachments, `must be at most ${maxAttachments} files`)
      .default([])
      .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]),
    /** The id of a report of the same session that the question goes on from. */
    basis: z.string({ error: "must be the id of a report" }).optional(),
    idempotencyKey: storableTextSchema.min(1).max(200).optional(),
  })
  .superRefine((asked, context) => {
    const refuse = (field: (typeof ofHeavyOnly)[number], message: string) => context.addIssue({ code: "custom", path: [field], message });
    for (const field of asked.mode === "react" ? ofHeavyOnly : [])
      if (asked[field] !== undefined) refuse(field, 'is for Heavy runs only. Ask with mode "heavy", or leave it out');
    if (asked.mode === "heavy" && asked.partialRollouts && asked.strategy !== "parallel-muse")
      refuse("partialRollouts", 'needs strategy "parallel-muse": only there do lanes keep the conversation that a branch goes on from');
  });

/** The plan of a run that is asked for; none where it is not a Heavy one. `lanes` where the question names none. */
export function heavyPlanOf(
  { mode, strategy, partialRollouts, ...asked }: Pick<z.infer<typeof newRunSchema>, "mode" | (typeof ofHeavyOnly)[number]>,
  { lanes }: Pick<HeavyPlan, "lanes">,
): HeavyPlan | undefined {
  return mode === "heavy" ? heavyPlanSchema.parse({ lanes: asked.lanes ?? lanes, strategy, partialRollouts }) : undefined;
}
