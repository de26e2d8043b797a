import { z } from "zod";
import { storableTextSchema } from "./storable-text.ts";

export const sessionSchema = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

/** One row of the sidebar: a session and the state of its last run. */
export const sessionRowSchema = sessionSchema.extend({
  /** `lanes`: of a Heavy run. */
  lastRun: z.object({ id: z.string(), status: z.string(), steps: z.number().int(), lanes: z.number().int().nullable() }).nullable(),
});
export type SessionRow = z.infer<typeof sessionRowSchema>;

export const titleSchema = storableTextSchema.trim().min(1, "must not be empty").max(200, "must have at most 200 characters");
