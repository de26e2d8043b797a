import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Report } from "#lib/domain/report.ts";
import { type TypstDocument, toTypst } from "#lib/reports/pdf/to-typst.ts";
import type { Typeset } from "#lib/reports/pdf/typesetter.ts";
import { canonicalJson } from "#lib/std/canonical-json.ts";
import { type KeptBriefly, keepBriefly } from "#lib/std/keep-briefly.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { type ChildPool, childPool } from "#lib/tools/reader/child-pool.ts";

interface SetPdf {
  ok: true;
  pdf: Uint8Array<ArrayBuffer>;
  missing: readonly string[];
}
export type MadePdf = SetPdf | { ok: false; reason: "no-typesetter" | "no-letters" | "overdue" | "not-set"; detail: string };

type Answer = Typeset | { ok: false; reason: "missing"; detail: string };

/** A report of 40 KB with 500 citations takes the child 0.4 to 0.9 s (bench/pdf.ts); what takes this long never ends. */
const deadlineMs = 30_000;
/** The child peaks at 193 MB for 9 pages with 200 citations and at 245 MB for 15 pages with 500 (bench/pdf.ts). */
const residentMegabytes = 600;
const idleMs = 120_000;
/** Files of finished reports, so that the same one is not set twice: the last ones, up to so many bytes. */
const mostKeptBytes = 64_000_000;
/** A report that is deleted is asked for no more and so is gone from here too. */
const unusedMs = 60_000;
/** A report that cannot be set costs up to `deadlineMs` to find out: whoever presses again hears the same meanwhile. */
const failedMs = 300_000;
const mostFailures = 1_000;

interface Press {
  pool: ChildPool<TypstDocument, Answer>;
  /** By what they were made from. */
  kept: KeptBriefly<SetPdf>;
  failures: KeptBriefly<MadePdf>;
  /** What is being set, so that who asks for the same waits for the same. */
  underWay: Map<string, Promise<MadePdf>>;
}

// On `globalThis`, because Next bundles every route apart and there is to be one child.
const held = globalThis as { dossierPress?: Press };

function press(): Press {
  held.dossierPress ??= {
    pool: openPool(),
    kept: keepBriefly({ ms: unusedMs, since: "use", most: mostKeptBytes, sizeOf: ({ pdf }) => pdf.byteLength }),
    failures: keepBriefly({ ms: failedMs, since: "set", most: mostFailures }),
    underWay: new Map(),
  };
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
  const { pool, kept, failures, underWay } = press();
  const key = sha256(`${canonicalJson(report)} ${[...figures.keys()]}`);
  const before = kept.get(key) ?? failures.get(key);
  if (before) return before;
  const make = async (): Promise<MadePdf> => {
    try {
      const made = await typeset(pool, report, figures);
      if (made.ok) kept.set(key, made);
      // A child that did not start, for want of memory say, may start the next time.
      else if (made.reason !== "no-typesetter") failures.set(key, made);
      return made;
    } finally {
      underWay.delete(key);
    }
  };
  const running = underWay.get(key) ?? make();
  underWay.set(key, running);
  return unlessAborted(running, signal);
}

/** Goes on when the one who asked has gone: others may wait for it, and its time is limited. */
async function typeset(pool: Press["pool"], report: Report, figures: ReadonlyMap<number, Uint8Array>): Promise<MadePdf> {
  const ending = await pool.run(toTypst(report, figures), new AbortController().signal);
  if (ending.kind === "not-started") return { ok: false, reason: "no-typesetter", detail: ending.detail };
  if (ending.kind !== "answered") return { ok: false, reason: "overdue", detail: ending.kind };
  const made = ending.result;
  if (!made.ok) return { ...made, reason: made.reason === "missing" ? "no-typesetter" : made.reason };
  return { ok: true, pdf: new Uint8Array(made.pdf), missing: made.missing };
}
