import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestPostgres } from "#e2e/support/test-postgres.ts";
import type { Part } from "../test.ts";
import { checkCode } from "./check-code.ts";
import { runPlaywright } from "./run-playwright.ts";
import { runVitest } from "./run-vitest.ts";

export interface Score {
  passed: number;
  failed: number;
}

/** Runs the parts in the order given, each with its title and its time. The Postgres they need is started once. */
export async function runParts(parts: readonly Part[], stopping: AbortSignal): Promise<Score> {
  const scratch = mkdtempSync(join(tmpdir(), "dossier-test-"));
  const needsPostgres = parts.includes("integration") || parts.includes("e2e");
  const server = needsPostgres ? await startTestPostgres() : undefined;
  const variables = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...(server && { TEST_DATABASE_URL: server.url }) };
  const run: Record<Part, () => Promise<Score>> = {
    check: () => checkCode(variables),
    unit: () => runVitest("unit", variables, scratch),
    integration: () => runVitest("integration", variables, scratch),
    e2e: () => runPlaywright(variables, scratch, stopping),
  };
  const total = { passed: 0, failed: 0 };
  try {
    for (const part of parts) {
      if (stopping.aborted) break;
      const began = Date.now();
      console.log(`\n── ${part} ──`);
      const { passed, failed } = await run[part]();
      console.log(`${part}: ${passed} passed, ${failed} failed in ${Math.round((Date.now() - began) / 1000)} s`);
      total.passed += passed;
      total.failed += failed;
    }
    return total;
  } finally {
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
