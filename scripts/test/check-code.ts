import type { Score } from "./run-parts.ts";
import { showRun } from "./show-run.ts";

/** Format and lint count as one check, types as another. */
export async function checkCode(variables: NodeJS.ProcessEnv): Promise<Score> {
  const lint = await showRun("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"], variables);
  // Writes next-env.d.ts and the types of the routes, which a bare checkout has not.
  await showRun("next/dist/bin/next", ["typegen"], variables);
  const types = await showRun("typescript/bin/tsc", ["--noEmit"], variables);
  const failed = [lint, types].filter((code) => code !== 0).length;
  return { passed: 2 - failed, failed };
}
