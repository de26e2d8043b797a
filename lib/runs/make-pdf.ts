import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Report } from "#lib/domain/report.ts";
import { type TypstDocument, toTypst } from "#lib/reports/pdf/to-typst.ts";
import type { Typeset } from "#lib/reports/pdf/typesetter.ts";
import { canonicalJson } from "#lib/std/canonical-json.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { type ChildPool, childPool } from "#lib/tools/reader/child-pool.ts";

export type MadePdf =
  | { ok: true; pdf: Uint8Array<ArrayBuffer>; missing: readonly string[] }
  | { ok: false; reason: "no-typesetter" | "no-letters" | "overdue" | "not-set"; detail: string };

type Answer = Typeset | { ok: false; reason: "missing"; detail: string };

/** A report of 40 KB with 500 citations takes the child 0.4 to 0.9 s (bench/pdf.ts); what takes this long never ends. */
const deadlineMs = 30_000;
/** The child peaks at 193 MB for 9 pages with 200 citations and at 245 MB for 15 pages with 500 (bench/pdf.ts). */
const residentMegabytes = 600;
const idleMs = 120_000;
/** Files of finished reports, so that the same one is not set twice: the last ones, up to so many bytes. */
const mostKeptBytes = 64_000_000;

interface Press {
  pool: ChildPool<TypstDocument, Answer>;
  /** By what they were made from, the last used last. */
  kept: Map<string, Uint8Array<ArrayBuffer>>;
  missing: Map<string, readonly string[]>;
  /** What is being set, so that who asks for the same waits for the same. */
  underWay: Map<string, Promise<MadePdf>>;
}

// On `globalThis`, because Next bundles every route apart and there is to be one child.
const held = globalThis as { dossierPress?: Press };

function press(): Press {
  held.dossierPress ??= { pool: openPool(), kept: new Map(), missing: new Map(), underWay: new Map() };
  return held.dossierPress;
}

function openPool(): ChildPool<TypstDocument, Answer> {
  // The web server runs in our folder; its bundle does not know where this file was.
  const root = process.cwd();
  const script = pathToFileURL(join(root, "lib/reports/pdf/typst-child.ts"));
  return childPool({ script, root, size: 1, deadlineMs, heapMegabytes: 256, residentMegabytes, hasAddons: true, idleMs });
}

/** A report as a PDF, set in a process of its own. The same report gives the same bytes. What cannot be had is a value that says why. */
export async function makePdf(report: Report, signal: AbortSignal, figures: ReadonlyMap<number, Uint8Array> = new Map()): Promise<MadePdf> {
  const { pool, kept, missing, underWay } = press();
  const key = sha256(`${canonicalJson(report)} ${[...figures.keys()]}`);
  const before = kept.get(key);
  if (before) {
    kept.delete(key);
    kept.set(key, before);
    return { ok: true, pdf: before, missing: missing.get(key) ?? [] };
  }
  const running = underWay.get(key) ?? typeset(pool, { report, figures, key }).finally(() => underWay.delete(key));
  underWay.set(key, running);
  return unlessAborted(running, signal);
}

/** Goes on when the one who asked has gone: others may wait for it, and its time is limited. */
async function typeset(
  pool: Press["pool"],
  { report, figures, key }: { report: Report; figures: ReadonlyMap<number, Uint8Array>; key: string },
): Promise<MadePdf> {
  const ending = await pool.run(toTypst(report, figures), new AbortController().signal);
  if (ending.kind === "not-started") return { ok: false, reason: "no-typesetter", detail: ending.detail };
  if (ending.kind !== "answered") return { ok: false, reason: "overdue", detail: ending.kind };
  const made = ending.result;
  if (!made.ok) return { ...made, reason: made.reason === "missing" ? "no-typesetter" : made.reason };
  const pdf = new Uint8Array(made.pdf);
  keep(key, pdf, made.missing);
  return { ok: true, pdf, missing: made.missing };
}

function keep(key: string, pdf: Uint8Array<ArrayBuffer>, letters: readonly string[]): void {
  const { kept, missing } = press();
  kept.set(key, pdf);
  missing.set(key, letters);
  let bytes = [...kept.values()].reduce((sum, each) => sum + each.byteLength, 0);
  for (const [oldest, each] of kept) {
    if (bytes <= mostKeptBytes) return;
    kept.delete(oldest);
    missing.delete(oldest);
    bytes -= each.byteLength;
  }
}
