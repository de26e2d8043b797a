import { installDependencies } from "./install-dependencies.ts";
import { Refusal } from "./refusal.ts";
import { stopRequests } from "./supervise/stop-requests.ts";
import { showRun } from "./test/show-run.ts";
import { installVllm } from "./vllm/install-vllm.ts";
import { makeModel } from "./vllm/make-model.ts";

/**
 * Runs the checks of our notes on vLLM against a real one: its CPU build with a tiny model of random weights. Not a part of `npm test`,
 * because the first time it fetches gigabytes. What is given after the name goes to vitest, for example `-t "stop strings"`.
 */
export async function testVllm(options: string[]): Promise<void> {
  const { stopping } = stopRequests();
  try {
    await installDependencies(stopping);
    const python = await installVllm(stopping);
    const model = await makeModel(python, stopping);
    const variables = { ...process.env, VLLM_PYTHON: python, VLLM_MODEL: model };
    const code = await showRun("vitest/vitest.mjs", ["run", "--config", "vitest.vllm.config.ts", ...options], variables);
    process.exit(stopping.aborted ? 130 : code);
  } catch (error) {
    if (stopping.reason === "asked") process.exit(130);
    if (error instanceof Refusal) for (const line of error.lines) console.error(`dossier: ${line}`);
    else console.error(error);
    process.exit(1);
  }
}
