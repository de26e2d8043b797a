import { z } from "zod";

/** works: as it should. limited: usable, with less than it could. mend: not usable until somebody mends it. off: not set up, and not needed. */
export const partStateSchema = z.enum(["works", "limited", "mend", "off"]);
export type PartState = z.infer<typeof partStateSchema>;

/** What mends or improves a part, ready to be copied: a line of configuration or a command, and the flags to take away from what runs now. */
export const mendingSchema = z.object({ what: z.string(), lines: z.string(), takeAway: z.array(z.string()).default([]) });
export type Mending = z.infer<typeof mendingSchema>;

/** One outside part as the doctor found it. */
export const checkedPartSchema = z.object({
  group: z.enum(["model", "summary-model", "synthesis-model", "search", "scholar", "reading", "python", "files", "storage"]),
  /** As people know it: `gpu-1.internal:8000`. Never a key. */
  name: z.string(),
  state: partStateSchema,
  /** What is true of it, in one or two sentences. */
  says: z.string(),
  /** Figures and facts, each a few words: `context 131,072`, `first token 180 ms`. */
  facts: z.array(z.string()),
  mend: z.array(mendingSchema),
  durationMs: z.number(),
});
export type CheckedPart = z.infer<typeof checkedPartSchema>;

/** What `GET /api/doctor` answers: every outside part, asked just now. */
export const checkUpSchema = z.object({ at: z.string(), durationMs: z.number(), parts: z.array(checkedPartSchema) });
export type CheckUp = z.infer<typeof checkUpSchema>;

/** The groups as people read them, in the order in which they stand. */
export const groupTitles: Record<CheckedPart["group"], string> = {
  model: "Model servers",
  "summary-model": "Servers that extract from pages",
  "synthesis-model": "Servers that bring lanes together",
  search: "Search",
  scholar: "Scholarly works",
  reading: "Reading pages",
  python: "Python",
  files: "Files",
  storage: "Storage and workers",
};
