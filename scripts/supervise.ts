import { existsSync } from "node:fs";
import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { checkAccess } from "./supervise/check-access.ts";
import { checkPort } from "./supervise/check-port.ts";
import { stopRequests } from "./supervise/stop-requests.ts";

/**
 * Brings up the whole application and keeps it up until it is told to stop; then the process ends with 0. What makes it impossible ends
 * it with 1 and one line for each mistake, the cheap checks before the long steps. Nothing it started outlives it.
 */
export async function supervise({ dev }: { dev: boolean }): Promise<void> {
  const requests = stopRequests();
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    checkAccess(process.env);
    await checkPort(process.env);
    await installDependencies(requests.stopping);
    // Only now are there dependencies to import.
    const { serve } = await import("./supervise/serve.ts");
    await serve({ dev, requests });
    process.exit(requests.forced.aborted ? 130 : process.exitCode);
  } catch (error) {
    if (requests.stopping.reason === "asked") process.exit(0);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}
