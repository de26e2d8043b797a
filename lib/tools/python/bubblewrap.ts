import { availableParallelism } from "node:os";
import { bubblewrapCommand } from "./bubblewrap-command.ts";
import type { PythonProvider } from "./python-job.ts";
import { startSandbox } from "./sandbox-child.ts";
import { spareSandbox } from "./spare-sandbox.ts";
import { withFiles } from "./with-files.ts";

/** Runs scripts with the machine's own Python, and the packages it has, each in a bubblewrap sandbox of its own. Linux only. */
export function bubblewrap(): PythonProvider {
  const command = bubblewrapCommand();
  const spare = spareSandbox(() => startSandbox(command));
  return {
    name: "bubblewrap",
    manners: { atOnce: availableParallelism(), local: true },
    async ask(job, signal) {
      return await withFiles(job, async (filled) => {
        const answer = await spare.take().run(filled, signal);
        if (answer.ok) spare.refill();
        return answer;
      });
    },
  };
}
