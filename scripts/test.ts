import { readFileSync } from "node:fs";
import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { stopRequests } from "./supervise/stop-requests.ts";

/** The parts of `npm test`, in order: cheap and telling first. */
export const parts = ["check", "unit", "integration", "e2e"] as const;
export type Part = (typeof parts)[number];

/**
 * Runs the named parts, or all, one after the other whatever the earlier came to, and closes with one line: `N passed, N failed`. The
 * process ends with 0 only when nothing failed.
 */
export async function test(named: string[]): Promise<void> {
  const { stopping } = stopRequests();
  try {
    const unknown = named.find((name) => !parts.some((part) => part === name));
    if (unknown) throw new Refusal(`there is no part "${unknown}": name some of ${parts.join(", ")}, or none for all.`);
    forgetSettings();
    await installDependencies(stopping);
    // Only now are there dependencies to import.
    const { runParts } = await import("./test/run-parts.ts");
    const { passed, failed } = await runParts(named.length > 0 ? parts.filter((part) => named.includes(part)) : parts, stopping);
    if (stopping.aborted) process.exit(130);
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exit(failed > 0 || passed === 0 ? 1 : 0);
  } catch (error) {
    if (stopping.reason === "asked") process.exit(130);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}

/** The tests bring their own settings; those of the person who runs them must not change the result. Empty, not gone: Next would read `.env`. */
function forgetSettings(): void {
  const names = readFileSync(".env.example", "utf8").matchAll(/^#?\s?([A-Z][A-Z_]+)=/gm);
  for (const [, name] of names) process.env[name as string] = "";
}
