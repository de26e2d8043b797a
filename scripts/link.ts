import { existsSync } from "node:fs";
import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { stopRequests } from "./supervise/stop-requests.ts";

/** Prints a link that lets one browser into the Dossier that runs with these settings. Ends with 1 and one line where there is none. */
export async function link(): Promise<void> {
  const { stopping } = stopRequests();
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    await installDependencies(stopping);
    // Only now are there dependencies to import.
    const { linkFromOutside } = await import("./link/link-from-outside.ts");
    console.log(await linkFromOutside(process.env));
    process.exit(0);
  } catch (error) {
    if (stopping.aborted) process.exit(130);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}
