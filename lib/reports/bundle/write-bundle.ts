import { createHash } from "node:crypto";
import yazl from "yazl";
import type { Report } from "#lib/domain/report.ts";
import type { Source } from "#lib/domain/source.ts";
import { toMarkdown } from "#lib/reports/to-markdown.ts";
import { type BundledFigure, bundleVersion, fileOf, type Manifest, token } from "./bundle-format.ts";
import { swapIds, swapInText } from "./swap-ids.ts";

/** What a bundle is made from, as this house knows it. */
export interface BundleParts {
  report: Report;
  /** Everything that the run has read. */
  sources: readonly Source[];
  figures: readonly BundledFigure[];
  /** The log of the run, each event as JSON. */
  trace: readonly string[];
}

/**
 * A ZIP with the report, the stored copy of every source, the log of the run and the hash of each file, from which another house can check every
 * citation again without a network. Made of the same report it has the same bytes: ids are replaced by tokens, and its clock is the report's.
 */
export async function writeBundle({ report, sources, figures, trace }: BundleParts): Promise<Uint8Array<ArrayBuffer>> {
  const names = new Map([
    [report.id, token.report],
    [report.runId, token.run],
  ]);
  for (const { id, n } of sources) names.set(id, token.source(n));
  for (const { id, n } of figures) names.set(id, token.figure(n));
  const { id: _, runId: __, sessionId: ___, ...told } = report;
  const refs = sources.map(({ text: _text, runId: _run, ...ref }) => ref);
  const files = new Map<string, Buffer>([
    ["report.md", Buffer.from(toMarkdown(report))],
    ["report.json", json(swapIds(told, names))],
    ["sources.json", json(swapIds(refs, names))],
    ["trace.jsonl", Buffer.from(trace.map((event) => `${swapInText(event, names)}\n`).join(""))],
    ...sources.map(({ n, text }): [string, Buffer] => [fileOf.source(n), Buffer.from(text)]),
    ...figures.map(({ n, bytes }): [string, Buffer] => [fileOf.figure(n), Buffer.from(bytes)]),
  ]);
  const manifest: Manifest = {
    format: "dossier-bundle",
    version: bundleVersion,
    made: report.createdAt,
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") })),
  };
  return zipped(new Map([["manifest.json", json(manifest)], ...files]), new Date(report.createdAt));
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

async function zipped(files: ReadonlyMap<string, Buffer>, mtime: Date): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { mtime, mode: 0o100644, compress: true });
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return new Uint8Array(Buffer.concat(parts));
}
