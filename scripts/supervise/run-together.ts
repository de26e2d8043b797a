import { Refusal } from "../refusal.ts";
import { next } from "./build-web.ts";
import { startChild } from "./child.ts";
import { keepRunning } from "./keep-running.ts";
import type { StopRequests } from "./stop-requests.ts";
import { successiveWorkers } from "./successive-workers.ts";
import { untilHealthy } from "./until-healthy.ts";
import { visitable } from "./visitable.ts";

interface Together {
  dev: boolean;
  host: string;
  port: number;
  variables: NodeJS.ProcessEnv;
  /** What the web server alone is told: nobody asks the worker for a token. */
  webVariables: NodeJS.ProcessEnv;
  /** The address of a link that lets a browser in. Asked for when there is a server to open it at. */
  launchAddress: () => Promise<string>;
  requests: StopRequests;
}

// The web server closes its event streams at once and gives up after 8 s; a worker hands its runs back within 3 s.
const graceMs = 10_000;

/** Runs web and worker side by side until a stop is asked for or the web server ends. Returns when both have ended. */
export async function runTogether({ dev, host, port, variables, webVariables, launchAddress, requests }: Together): Promise<void> {
  const { stopping, forced } = requests;
  const web = startChild("web", [next, dev ? "dev" : "start", "-H", host, "-p", String(port)], webVariables);
  const nextWorker = successiveWorkers();
  const worker = keepRunning(() => startChild("worker", nextWorker(), variables), stopping);
  const gone = web.ended.then((how) => ({ how }));
  const address = visitable(host, port);
  try {
    const start = await Promise.race([untilHealthy(`${address}/api/health`, stopping), gone]);
    if (stopping.aborted) return;
    if (start !== "healthy") {
      web.show(true);
      throw new Refusal(
        "how" in start ? `the web server ended (${start.how}) before it was ready: see above.` : `${start.problem} See above.`,
      );
    }
    web.show();
    worker.show();
    console.log(`Open ${await launchAddress()}  (lets this browser in, once; \`npm run link\` makes another)`);
    console.log(`Dossier is ready: ${address}  (Ctrl-C stops it)`);
    const end = await Promise.race([gone, whenAborted(stopping)]);
    // Somebody who sends the web server a signal wants the application to end; anything else is a failure.
    if (end && !isAsked(end.how) && !stopping.aborted) throw new Refusal(`the web server ended (${end.how}), so everything stops.`);
  } finally {
    requests.stop();
    if (!forced.aborted) console.log("Dossier is stopping …");
    await Promise.all([web.end(graceMs, forced), worker.end(graceMs, forced)]);
  }
}

// Next ends with 128 + the signal's number after it has closed in order.
const isAsked = (how: string) => ["code 0", "code 130", "code 143", "signal SIGINT", "signal SIGTERM"].includes(how);

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) =>
    signal.aborted ? resolve(undefined) : signal.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
}
