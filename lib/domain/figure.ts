import { z } from "zod";

/** A picture that a script of the run made, as the log and the report refer to it. `n` is its number in the run, in the order of making, from 1. */
export const figureRefSchema = z.object({
  id: z.string(),
  n: z.number().int().positive(),
  /** As the script called its file. */
  name: z.string(),
  /** In pixels. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type FigureRef = z.infer<typeof figureRefSchema>;

/** How a figure is named in the Markdown of a report: `![what it shows](figure:2)`. */
export const figureAddress = /^figure:(\d{1,4})$/;
