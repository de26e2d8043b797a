import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { stopRequests } from "./supervise/stop-requests.ts";

/**
 * Lets an older version and this one work on one database while runs are going on, as in a deploy, and takes the older one away. The argument
 * names the older one to git. Not a part of `npm test`: it builds that version, and its past has to be there.
 */
export async function testUpgrade([older]: string[]): Promise<void> {
  const { stopping } = stopRequests();
  try {
    if (!older) throw new Refusal("name the older version to git: npm run test:upgrade -- <tag or commit>");
    await installDependencies(stopping);
    process.exit((await wentWell(older)) ? 0 : 1); // the older version's folder is gone by then
  } catch (error) {
    if (stopping.reason === "asked") process.exit(130);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}

async function wentWell(older: string): Promise<boolean> {
  const { checkOut } = await import("./upgrade/check-out.ts");
  const { deploy } = await import("./upgrade/deploy.ts");
  await using folder = await checkOut(older);
  const { lines, problems } = await deploy(folder.path, process.cwd());
  for (const line of lines) console.log(line);
  for (const problem of problems) console.error(`dossier: ${problem}`);
  return problems.length === 0;
}
