import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { openDatabase } from "#db/client.ts";
import { freePort } from "#db/embedded/free-port.ts";
import { createShare } from "#db/queries/shares.ts";
import { startDossier } from "#e2e/support/dossier.ts";
import { storeReport } from "#e2e/support/stored-report.ts";
import { startTestPostgres } from "#e2e/support/test-postgres.ts";
import { coastReport } from "./support/coast-report.ts";

/**
 * Lighthouse on a shared page: the production build, a long report behind an indexable link, the mobile preset with its throttling. Prints the median of
 * the runs in each category, the weights of the page, and every audit that is not perfect in the last run.
 *
 *   node bench/lighthouse.ts [--runs 3] [--browser /usr/bin/chromium]
 */
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    browser: { type: "string", default: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium" },
  },
});
const categories = ["performance", "accessibility", "best-practices", "seo"] as const;

await using house = new AsyncDisposableStack();
const postgres = await startTestPostgres();
house.defer(() => postgres.stop());
process.env.TEST_DATABASE_URL = postgres.url;
const { testDatabase } = await import("#e2e/support/test-database.ts");
const database = await testDatabase();
house.defer(() => database.drop());
const dossier = await startDossier({ DATABASE_URL: database.url, PYTHON_SANDBOX: "off" });
house.defer(() => dossier.stop());
const db = openDatabase(database.url);
house.defer(() => db.end());

const { reportId } = await storeReport(db.sql, coastReport());
const expiresAt = new Date(Date.now() + 24 * 3_600_000);
const made = await createShare(db, { id: "local" }, { reportId, scope: "sources", indexable: true, expiresAt });
if (made.kind !== "made") throw new Error(`No link was made: ${made.kind}`);
const url = `${dossier.url}/shared/${made.token}`;

const html = await (await fetch(url)).text();
const marks = html.match(/ popovertarget=/g)?.length ?? 0;
const times: number[] = [];
for (let n = 0; n < 20; n += 1) {
  const began = performance.now();
  await (await fetch(url)).arrayBuffer();
  times.push(performance.now() - began);
}
print(
  `page: ${Buffer.byteLength(html).toLocaleString("en-GB")} bytes, ${gzipSync(html).byteLength.toLocaleString("en-GB")} compressed, ${marks} marks, answered in ${median(times).toFixed(0)} ms (median of ${times.length})`,
);

const port = await freePort();
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: values.browser, args: [`--remote-debugging-port=${port}`, ...asRoot] });
house.defer(() => browser.close());

const scores = categories.map((): number[] => []);
for (let run = 1; run <= Number(values.runs); run += 1) {
  const result = await lighthouse(url, { port, onlyCategories: [...categories], logLevel: "error", output: "json" });
  if (!result) throw new Error("Lighthouse gave no result");
  const { lhr } = result;
  const now = categories.map((category) => Math.round((lhr.categories[category]?.score ?? 0) * 100));
  for (const [index, score] of now.entries()) scores[index]?.push(score);
  const metric = (id: string) => lhr.audits[id]?.displayValue ?? "–";
  print(
    `run ${run}: ${now.join(" / ")}; LCP ${metric("largest-contentful-paint")}, TBT ${metric("total-blocking-time")}, CLS ${metric("cumulative-layout-shift")}, benchmark index ${lhr.environment.benchmarkIndex}`,
  );
  if (run < Number(values.runs)) continue;
  for (const audit of Object.values(lhr.audits))
    if (audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== "informative")
      print(`  ${audit.id}: ${audit.score} ${audit.displayValue ?? ""}`);
}
print(`median: ${categories.map((category, index) => `${category} ${median(scores[index] ?? [])}`).join(", ")}`);

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
