import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import type { Report } from "#lib/domain/report.ts";
import { toHtmlDocument } from "#lib/reports/html-document.ts";
import { checkPdf } from "#lib/reports/pdf/check-pdf.ts";
import { makePdf } from "#lib/runs/make-pdf.ts";
import { cpuSeconds, findProcesses } from "./support/cpu.ts";
import { longReport } from "./support/long-report.ts";
import { peakBytes } from "./support/peak-bytes.ts";

/**
 * A report as a PDF by our typesetter, beside a warm Chromium that prints the same report's HTML document, interleaved in one go. Each round is
 * another edition of the report, so that neither finds it in a cache; then the same one again, which has to come from ours. Time is told as it passed
 * and as it was used by all processes. 16,000 characters are the mean of real research reports:
 *
 *   CHROMIUM_PATH=/usr/bin/chromium node bench/pdf.ts [--rounds 9] [--length 16000]
 */
const { values } = parseArgs({ options: { rounds: { type: "string", default: "9" }, length: { type: "string", default: "16000" } } });
const rounds = Number(values.rounds);
const never = new AbortController().signal;
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }), args: asRoot });
const page = await browser.newPage({ javaScriptEnabled: false });

async function byTypst(report: Report): Promise<Uint8Array> {
  const made = await makePdf(report, never);
  if (!made.ok) throw new Error(`${made.reason}: ${made.detail}`);
  return made.pdf;
}

async function byChromium(report: Report): Promise<Uint8Array> {
  await page.setContent(toHtmlDocument(report));
  return page.pdf({ format: "A4", tagged: true, outline: true });
}

interface Times {
  passed: number[];
  used: number[];
}
const noTimes = (): Times => ({ passed: [], used: [] });
const times = { typst: noTimes(), chromium: noTimes(), again: noTimes() };
async function timed({ passed, used }: Times, work: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const [start, cpu] = [performance.now(), cpuSeconds([process.pid])];
  const pdf = await work();
  passed.push(performance.now() - start);
  used.push((cpuSeconds([process.pid]) - cpu) * 1000);
  return pdf;
}

const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type\s*\/Page\b/g)?.length ?? 0;
const start = performance.now();
await byTypst(longReport(2000, -1));
console.log(`first PDF of a process, child and fonts included   ${(performance.now() - start).toFixed(0)} ms`);
await byChromium(longReport(2000, -1));
let [ours, theirs] = [new Uint8Array(), new Uint8Array()];
for (let round = 0; round < rounds; round++) {
  const report = longReport(Number(values.length), round);
  ours = new Uint8Array(await timed(times.typst, () => byTypst(report)));
  theirs = new Uint8Array(await timed(times.chromium, () => byChromium(report)));
  await timed(times.again, () => byTypst(report));
}
await browser.close();
const [child] = findProcesses([process.pid], "typst-child");
const at = (all: number[], share: number) => all.toSorted((one, other) => one - other)[Math.round((all.length - 1) * share)] ?? 0;
const quarters = (all: number[], digits: number) =>
  `${at(all, 0.5).toFixed(digits)} (quarters ${at(all, 0.25).toFixed(digits)} to ${at(all, 0.75).toFixed(digits)})`;
const tell = (name: string, { passed, used }: Times, pdf: Uint8Array) =>
  console.log(
    `${name.padEnd(24)} ms passed ${quarters(passed, 1)}, used ${quarters(used, 0)}; ${pagesOf(pdf)} pages, ${(pdf.length / 1000).toFixed(0)} KB`,
  );
tell("Typst, new text", times.typst, ours);
tell("Chromium, warm", times.chromium, theirs);
tell("Typst, the same again", times.again, ours);
const ratios = (kind: keyof Times) => times.typst[kind].map((each, round) => each / (times.chromium[kind][round] ?? 1));
console.log(`Typst ÷ Chromium         passed ${quarters(ratios("passed"), 3)}, used ${quarters(ratios("used"), 3)}`);
console.log(`peak memory of the child ${((child === undefined ? 0 : peakBytes(child)) / 1e6).toFixed(0)} MB`);
console.log(`problems for PDF/UA      ${checkPdf(ours).problems.join("; ") || "none"}`);
process.exit();
