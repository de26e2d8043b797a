import { existsSync } from "node:fs";
import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { checkAccess } from "./supervise/check-access.ts";
import { stopRequests } from "./supervise/stop-requests.ts";

/** Checks what the settings name, as `npm start` would read them, and prints it. Ends with 1 when something is to be mended. Needs no server of ours. */
export async function doctor(): Promise<void> {
  const { stopping } = stopRequests();
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
    checkAccess(process.env);
    await installDependencies(stopping);
    // Only now are there dependencies to import.
    const { checkFromOutside } = await import("./doctor/check-from-outside.ts");
    const { text, isSound } = await checkFromOutside(process.env, stopping);
    process.stdout.write(text, () => process.exit(isSound ? 0 : 1));
  } catch (error) {
    if (stopping.aborted) process.exit(130);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}
