import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Score } from "./run-parts.ts";
import { showRun } from "./show-run.ts";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Runs one vitest project. A file that could not even be loaded counts as one failed test, and so does a failure that no test owns up to. */
export async function runVitest(project: string, variables: NodeJS.ProcessEnv, scratch: string): Promise<Score> {
  const file = join(scratch, `${project}.json`);
  const options = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await showRun("vitest/vitest.mjs", options, variables);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report: Report = JSON.parse(readFileSync(file, "utf8"));
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  const unloaded = report.testResults.filter((result) => result.status === "failed" && result.assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloaded;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
