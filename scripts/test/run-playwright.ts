import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../refusal.ts";
import { buildWeb } from "../supervise/build-web.ts";
import { findChromium } from "./find-chromium.ts";
import type { Score } from "./run-parts.ts";
import { showRun } from "./show-run.ts";

interface Report {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** Builds the application as `npm start` does and runs the stories in a real Chromium. Without a build or a browser: one failed, with the reason. */
export async function runPlaywright(variables: NodeJS.ProcessEnv, scratch: string, stopping: AbortSignal): Promise<Score> {
  try {
    const chromium = await findChromium(stopping);
    await buildWeb(variables, stopping);
    const file = join(scratch, "e2e.json");
    const code = await showRun("@playwright/test/cli.js", ["test"], {
      ...variables,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    if (!existsSync(file)) return { passed: 0, failed: 1 };
    const { stats }: Report = JSON.parse(readFileSync(file, "utf8"));
    const failed = stats.unexpected + stats.flaky;
    return { passed: stats.expected, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    for (const line of error.lines) console.error(`dossier: ${line}`);
    return { passed: 0, failed: 1 };
  }
}
