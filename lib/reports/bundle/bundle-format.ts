import { z } from "zod";
import { citationSchema } from "#lib/domain/citation.ts";
import { figureRefSchema } from "#lib/domain/figure.ts";
import { reportSchema } from "#lib/domain/report.ts";
import { passageSchema, type SourceRef, sourceRefSchema } from "#lib/domain/source.ts";
import type { Sketch } from "#lib/std/sketch.ts";
import { instantSchema } from "./instant.ts";

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

/** Far beyond what a run makes, and little enough to be checked while somebody waits. */
const most = { sources: 2000, citations: 2000, claim: 4000, passage: 20_000, markdown: 1_000_000, line: 10_000, number: 1_000_000 };
const line = z.string().max(most.line);
const number = z.number().int().positive().max(most.number);

/** A script in the place of an address. Browsers read over white space and control characters in a scheme. */
const isScript = (url: string) => /^(?:javascript|vbscript|data|blob):/i.test(url.replace(/[\s\p{Cc}]/gu, ""));

/** Everything that was read. `id` is the token; the text lies in the file of its number. */
const bundledSourceSchema = sourceRefSchema.extend({
  n: number,
  url: line.refine((url) => !isScript(url), "is no address of a page"),
  title: line,
  site: line,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  status: z.number().int().min(0).max(999),
  fetchedAt: instantSchema,
  copyOf: number.optional(),
});
export const bundledSourcesSchema = z.array(bundledSourceSchema).max(most.sources);
const bundledFigureSchema = figureRefSchema.extend({
  n: number.max(9999),
  name: line,
  width: number,
  height: number,
});

/** A report without the ids of the house it was made in: its sources are named by their tokens. */
export const bundledReportSchema = reportSchema.omit({ id: true, runId: true, sessionId: true }).extend({
  version: number,
  question: z.string().max(most.markdown),
  markdown: z.string().max(most.markdown),
  citations: z
    .array(
      citationSchema.extend({
        claim: z.string().max(most.claim),
        passage: passageSchema.extend({ text: z.string().max(most.passage) }),
        reason: line.optional(),
      }),
    )
    .max(most.citations),
  sources: z.array(z.object({ id: z.string(), n: number })).max(most.sources),
  readOnly: z.array(z.object({ id: z.string(), n: number })).max(most.sources),
  removedMarks: z.array(line).max(most.sources),
  limitations: z.array(line).max(most.sources),
  figures: z.array(bundledFigureSchema).max(1000).default([]),
  model: line.nullable(),
  judge: line.nullable(),
  createdAt: instantSchema,
});
/** A report as a bundle tells it. Of its lists only ids and numbers are read. */
export type ReadReport = z.infer<typeof bundledReportSchema>;
/** The same with its lists as `sources.json` has them. */
export type BundledReport = Omit<ReadReport, "sources" | "readOnly"> & { sources: SourceRef[]; readOnly: SourceRef[] };

/** With its sketch, by which copies are told. */
export type BundledSource = SourceRef & { text: string; sketch: Sketch };
export type BundledFigure = z.infer<typeof figureRefSchema> & { bytes: Uint8Array };

/** What a bundle holds. Two bundles of one report have the same bytes; one of a report that was imported says so in its limitations. */
export interface Bundle {
  report: BundledReport;
  /** In the order of reading. */
  sources: BundledSource[];
  figures: BundledFigure[];
  /** The events of the run, one JSON text each. Empty where the log was not there. */
  trace: string[];
}

/** What stands for an id, as a whole string of JSON. */
export const token = {
  run: "dossier:run",
  report: "dossier:report",
  source: (n: number) => `dossier:source:${n}`,
  figure: (n: number) => `dossier:figure:${n}`,
};

export const fileOf = { source: (n: number) => `sources/${n}.txt`, figure: (n: number) => `figures/${n}.png` };
export const fileNames =
  /^(?:manifest\.json|report\.md|report\.json|sources\.json|trace\.jsonl|(?:sources\/\d{1,6}\.txt)|(?:figures\/\d{1,6}\.png))$/;
