import { z } from "zod";
import type { figureRefSchema } from "#lib/domain/figure.ts";
import { reportSchema } from "#lib/domain/report.ts";
import { sourceRefSchema } from "#lib/domain/source.ts";

/** Of the bundle's layout. A reader takes no other: what a later one means is not known. */
export const bundleVersion = 1;

/** The hash of every other file, so that none can be changed, added or left out unseen. */
export const manifestSchema = z.object({
  format: z.literal("dossier-bundle"),
  version: z.literal(bundleVersion),
  made: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number().int().nonnegative(), sha256: z.string() })).max(5000),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A report without the ids of the house it was made in: its sources are named by their tokens. */
export const bundledReportSchema = reportSchema.omit({ id: true, runId: true, sessionId: true });
export type BundledReport = z.infer<typeof bundledReportSchema>;

/** Everything that was read. `id` is the token; the text lies in the file of its number. */
export const bundledSourcesSchema = z.array(sourceRefSchema).max(2000);
export type BundledSource = z.infer<typeof sourceRefSchema> & { text: string };
export type BundledFigure = z.infer<typeof figureRefSchema> & { bytes: Uint8Array };

/** What a bundle holds. Two bundles of one report have the same bytes, whichever house they come from. */
export interface Bundle {
  report: BundledReport;
  sources: BundledSource[];
  figures: BundledFigure[];
  /** The events of the run, one JSON text each. Empty where the log was not there. */
  trace: string[];
}

/** What stands for an id. No address and no text of a page looks like it. */
export const token = {
  run: "dossier:run",
  report: "dossier:report",
  source: (n: number) => `dossier:source:${n}`,
  figure: (n: number) => `dossier:figure:${n}`,
};

export const fileOf = { source: (n: number) => `sources/${n}.txt`, figure: (n: number) => `figures/${n}.png` };
export const fileNames =
  /^(?:manifest\.json|report\.md|report\.json|sources\.json|trace\.jsonl|(?:sources\/\d{1,6}\.txt)|(?:figures\/\d{1,6}\.png))$/;
