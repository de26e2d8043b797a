import { z } from "zod";

/**
 * A page that was really read, as the log and the report refer to it. `n` is its number in the run, in the order
 * of reading, from 1. The text itself lies in the `sources` table: see `sourceSchema`.
 */
export const sourceRefSchema = z.object({
  id: z.string(),
  n: z.number().int().positive(),
  url: z.string(),
  title: z.string(),
  site: z.string(),
  hash: z.string(), // sha256 of the text, hex
  status: z.number().int(), // HTTP status of the read; 200 for a document of the corpus
  fetchedAt: z.string(),
  /** The number of an earlier source of the run that says the same in nearly the same words: a copy, or both go back to one text. */
  copyOf: z.number().int().positive().optional(),
});
export type SourceRef = z.infer<typeof sourceRefSchema>;

/** The stored copy. A passage's `start` and `end` are UTF-16 offsets into `text`. */
export const sourceSchema = sourceRefSchema.extend({ runId: z.string(), text: z.string() });
export type Source = z.infer<typeof sourceSchema>;

/** A span of a source's text; `text` equals `source.text.slice(start, end)`. */
export const passageSchema = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
});
export type Passage = z.infer<typeof passageSchema>;
