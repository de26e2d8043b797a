import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { letInContextsOf } from "#e2e/support/let-in.ts";
import { storeReport } from "#e2e/support/stored-report.ts";
import { openBenchHouse } from "./support/bench-house.ts";
import { median } from "./support/numbers.ts";

/**
 * How long a finished run of 10,000 events takes to open in Chromium on a processor a quarter as fast: its report, until its text is there, and its
 * trace, until a press opens a step.
 *
 *   node bench/open-run.ts [--events 10000] [--rounds 5] [--throttle 4] [--browser /usr/bin/chromium]
 *
 * Prints the medians in milliseconds since the navigation began, beside an empty page of the same application, and the elements of each page.
 */
const { values } = parseArgs({
  options: {
    events: { type: "string", default: "10000" },
    rounds: { type: "string", default: "5" },
    throttle: { type: "string", default: "4" },
    browser: { type: "string", default: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium" },
  },
});

await using house = new AsyncDisposableStack();
const { dossier, sql } = await openBenchHouse(house, {});
const fact = (n: number) => `Harbour ${n} was dredged to ${n} metres in ${1900 + n}.`;
const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
const { reportId, sessionId, runId } = await storeReport(sql, {
  question: "Which harbours were dredged?",
  sources: numbers.map((n) => ({ title: `Harbour ${n}`, text: `${fact(n)} ${"It has a long history of trade. ".repeat(40)}` })),
  claims: numbers.map((n) => ({ claim: fact(n), n, passage: fact(n) })),
  steps: Array.from({ length: Math.ceil((Number(values.events) - 10) / 3) }, (_, step) => ({
    thought: `The ${step + 1}th page names two reports. ${"I compare what they say about the years in question. ".repeat(4)}`,
    tool: "search",
    arguments: { query: [`harbour ${step}`] },
    observation: "Two results, of which one is new. ".repeat(6),
  })),
});
const [count] = await sql<{ n: number }[]>`select count(*)::int as n from events where run_id = ${runId}`;

const browser = await chromium.launch({ executablePath: values.browser, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
house.defer(() => browser.close());
letInContextsOf(browser);

const empty = () => document.querySelector("textarea") !== null;
const report = () => document.querySelector("article p")?.textContent?.includes("dredged") === true;
/** Presses the first step that is shown, ten times a second, until it opens. */
const trace = () => {
  const row = document.querySelector<HTMLElement>("button[data-step-head]");
  if (!row) return false;
  const held = window as unknown as { pressedAt?: number };
  const now = performance.now();
  if (row.ariaExpanded === "false" && now - (held.pressedAt ?? 0) > 100) {
    held.pressedAt = now;
    row.click();
  }
  return row.ariaExpanded === "true";
};

/** Milliseconds from the beginning of the navigation to the frame in which `there` holds, and the page's elements then. */
async function open(path: string, there: () => boolean): Promise<{ ms: number; nodes: number }> {
  const page: Page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: Number(values.throttle) });
  await page.addInitScript(`{
    const there = ${there.toString()};
    const look = () => {
      if (there()) Object.assign(window, { thereAt: performance.now() });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);
  await page.goto(`${dossier.url}${path}`);
  await page.waitForFunction(() => "thereAt" in window);
  const found = await page.evaluate(() => ({
    ms: (window as unknown as { thereAt: number }).thereAt,
    nodes: document.querySelectorAll("*").length,
  }));
  await page.context().close();
  return found;
}

console.log(`${count?.n} events, ${values.throttle} × throttle`);
const pages = {
  "an empty page": ["/", empty],
  "the report": [`/reports/${reportId}`, report],
  "the trace": [`/sessions/${sessionId}`, trace],
} as const;
for (const [name, [path, there]] of Object.entries(pages)) {
  await open(path, there); // the first comes with what is compiled and kept once
  const times = [];
  for (let round = 0; round < Number(values.rounds); round++) times.push(await open(path, there));
  const ms = times.map((each) => each.ms);
  console.log(
    `${name}: ${median(ms).toFixed(0)} ms (${Math.min(...ms).toFixed(0)} to ${Math.max(...ms).toFixed(0)}), ${Math.max(...times.map((each) => each.nodes))} elements`,
  );
}
