import { createHash } from "node:crypto";
import type { z } from "zod";
import { findMarks } from "#lib/reports/marks.ts";
import { storable, storableText } from "#lib/std/storable.ts";
import { type Bundle, bundledReportSchema, bundledSourcesSchema, fileOf, manifestSchema, type ReadReport, token } from "./bundle-format.ts";
import { markCopies } from "./mark-copies.ts";
import { reportLists } from "./report-lists.ts";
import { unzip } from "./unzip.ts";

export type ReadBundle = { ok: true; bundle: Bundle } | { ok: false; problem: string };

/** Why a bundle is not taken, found while it is read. */
class Unfit extends Error {
  override name = "Unfit" as const;
}

/**
 * A bundle as another house wrote it, or what is wrong with it in a sentence. Nothing is believed: every file has to be named by the manifest with
 * its hash, every text to have the hash that its source claims, every value to fit its schema, and every citation to name a source that is there.
 */
export async function readBundle(bytes: Uint8Array): Promise<ReadBundle> {
  const unzipped = await unzip(bytes);
  if (!unzipped.ok) return unzipped;
  try {
    return { ok: true, bundle: await bundleOf(unzipped.files) };
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, problem: error.message };
    throw error;
  }
}

async function bundleOf(files: ReadonlyMap<string, Buffer>): Promise<Bundle> {
  checkHashes(files);
  const report = parsed(files, "report.json", bundledReportSchema);
  const sources = await sourcesIn(files);
  checkSources(report, new Set(sources.map(({ id }) => id)));
  checkMarks(report);
  const trace = textOf(files, "trace.jsonl")
    .split("\n")
    .filter((line) => line !== "");
  const lists = reportLists(
    report.sources.map(({ id }) => id),
    sources.map(({ text: _, sketch: __, ...ref }) => ref),
  );
  return { report: { ...report, ...lists }, sources, figures: figuresIn(report, files), trace };
}

async function sourcesIn(files: ReadonlyMap<string, Buffer>): Promise<Bundle["sources"]> {
  const sources = parsed(files, "sources.json", bundledSourcesSchema).map((ref) => {
    const text = textOf(files, fileOf.source(ref.n));
    if (ref.id !== token.source(ref.n)) throw new Unfit(`sources.json: source ${ref.n} has no token of a bundle.`);
    if (hashOf(Buffer.from(text)) !== ref.hash) throw new Unfit(`${fileOf.source(ref.n)} is not the text that sources.json names.`);
    if (storableText(text) !== text) throw new Unfit(`${fileOf.source(ref.n)} holds signs that no stored text has.`);
    return { ...storable(ref), text };
  });
  if (repeats(sources.map(({ n }) => n))) throw new Unfit("sources.json names a number twice.");
  if (repeats(sources.map(({ url, hash }) => `${hash} ${url}`)))
    throw new Unfit("sources.json names the same text of the same address twice.");
  return markCopies(sources.sort((one, other) => one.n - other.n));
}

function figuresIn(report: ReadReport, files: ReadonlyMap<string, Buffer>): Bundle["figures"] {
  if (repeats(report.figures.map(({ n }) => n))) throw new Unfit("report.json: figures name a number twice.");
  const figures = report.figures.map((figure) => {
    const bytes = files.get(fileOf.figure(figure.n));
    if (!bytes || figure.id !== token.figure(figure.n)) throw new Unfit(`${fileOf.figure(figure.n)} is missing.`);
    if (bytes.subarray(0, 8).toString("latin1") !== "\u0089PNG\r\n\u001a\n") throw new Unfit(`${fileOf.figure(figure.n)} is no PNG.`);
    return { ...figure, name: storableText(figure.name), bytes };
  });
  if (repeats(figures.map(({ bytes }) => hashOf(bytes)))) throw new Unfit("Two figures of report.json are the same picture.");
  return figures;
}

/** Every file is in the manifest and every file of the manifest is there, byte for byte. */
function checkHashes(files: ReadonlyMap<string, Buffer>): void {
  const manifest = parsed(files, "manifest.json", manifestSchema);
  const named = new Map(manifest.files.map((file) => [file.name, file]));
  for (const name of files.keys()) if (name !== "manifest.json" && !named.has(name)) throw new Unfit(`${name} is not in the manifest.`);
  for (const { name, bytes, sha256 } of manifest.files) {
    const content = files.get(name);
    if (!content) throw new Unfit(`${name} is missing.`);
    if (content.length !== bytes || hashOf(content) !== sha256) throw new Unfit(`${name} was changed: its hash is not the manifest's.`);
  }
}

/** The lists name sources that are there, each once, and the cited ones by the numbers from 1 on. What they tell of a source counts for nothing. */
function checkSources(report: ReadReport, known: ReadonlySet<string>): void {
  const listed = [...report.sources, ...report.readOnly];
  for (const { id, n } of listed) if (!known.has(id)) throw new Unfit(`report.json: source ${n} is not in sources.json.`);
  if (repeats(listed.map(({ id }) => id))) throw new Unfit("report.json lists a source twice.");
  for (const [index, { n }] of report.sources.entries())
    if (n !== index + 1) throw new Unfit(`report.json: cited source ${index + 1} has the number ${n}.`);
  for (const [index, { n, sourceId }] of report.citations.entries())
    if (report.sources[n - 1]?.id !== sourceId) throw new Unfit(`report.json: citation ${index + 1} names no source of the report.`);
}

/** More brackets with a number than this are no marks of a report. */
const mostMarks = 20_000;

/** The k-th mark of the text is the k-th citation, under the same number. */
function checkMarks({ markdown, citations }: ReadReport): void {
  if ((markdown.match(/\[\d+\]/g)?.length ?? 0) > mostMarks)
    throw new Unfit(`report.json: the text has more than ${mostMarks} numbers in brackets.`);
  const marks = findMarks(markdown);
  if (marks.length !== citations.length)
    throw new Unfit(`report.json: the text has ${marks.length} marks, and there are ${citations.length} citations.`);
  const other = marks.findIndex(({ n }, index) => n !== citations[index]?.n);
  if (other >= 0)
    throw new Unfit(
      `report.json: mark ${other + 1} of the text is [${marks[other]?.n}], its citation has the number ${citations[other]?.n}.`,
    );
}

const repeats = (values: readonly (string | number)[]) => new Set(values).size !== values.length;

function parsed<S extends z.ZodType>(files: ReadonlyMap<string, Buffer>, name: string, schema: S): z.infer<S> {
  const result = schema.safeParse(jsonOf(textOf(files, name), name));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Unfit(`${name}: ${issue?.path.join(".") || "the whole"} ${issue?.message ?? "is not valid"}.`);
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unfit(`${name} is no JSON.`, { cause });
  }
}

function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  const bytes = files.get(name);
  if (!bytes) throw new Unfit(`${name} is missing.`);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Unfit(`${name} is no UTF-8 text.`, { cause });
  }
}

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
