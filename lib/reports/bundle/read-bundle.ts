import { createHash } from "node:crypto";
import type { z } from "zod";
import { storableText } from "#lib/std/storable.ts";
import { type Bundle, bundledReportSchema, bundledSourcesSchema, fileOf, manifestSchema, token } from "./bundle-format.ts";
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
    return { ok: true, bundle: bundleOf(unzipped.files) };
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, problem: error.message };
    throw error;
  }
}

function bundleOf(files: ReadonlyMap<string, Buffer>): Bundle {
  checkHashes(files);
  const report = parsed(files, "report.json", bundledReportSchema);
  const sources = parsed(files, "sources.json", bundledSourcesSchema).map((ref) => {
    const text = textOf(files, fileOf.source(ref.n));
    if (ref.id !== token.source(ref.n)) throw new Unfit(`sources.json: source ${ref.n} has no token of a bundle.`);
    if (hashOf(Buffer.from(text)) !== ref.hash) throw new Unfit(`${fileOf.source(ref.n)} is not the text that sources.json names.`);
    if (storableText(text) !== text) throw new Unfit(`${fileOf.source(ref.n)} holds signs that no stored text has.`);
    return { ...ref, text };
  });
  if (new Set(sources.map(({ n }) => n)).size !== sources.length) throw new Unfit("sources.json names a number twice.");
  checkSources(report, new Set(sources.map(({ id }) => id)));
  const figures = report.figures.map((figure) => {
    const bytes = files.get(fileOf.figure(figure.n));
    if (!bytes || figure.id !== token.figure(figure.n)) throw new Unfit(`${fileOf.figure(figure.n)} is missing.`);
    if (bytes.subarray(0, 8).toString("latin1") !== "\u0089PNG\r\n\u001a\n") throw new Unfit(`${fileOf.figure(figure.n)} is no PNG.`);
    return { ...figure, bytes };
  });
  const trace = textOf(files, "trace.jsonl")
    .split("\n")
    .filter((line) => line !== "");
  return { report, sources, figures, trace };
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

function checkSources(report: Bundle["report"], known: ReadonlySet<string>): void {
  for (const { id, n } of [...report.sources, ...report.readOnly])
    if (!known.has(id)) throw new Unfit(`report.json: source ${n} is not in sources.json.`);
  const numbers = new Map(report.sources.map(({ id, n }) => [n, id]));
  for (const [index, { n, sourceId }] of report.citations.entries()) {
    if (numbers.get(n) !== sourceId) throw new Unfit(`report.json: citation ${index + 1} names no source of the report.`);
  }
}

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
