import { z } from "zod";
import { unlessAborted } from "#lib/std/unless-aborted.ts";
import { askJson } from "#lib/tools/providers/ask-service.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { mostFigures, readFigure } from "./figure-frames.ts";
import { isOutOfMemory } from "./is-out-of-memory.ts";
import { type Isolation, isolationOf } from "./isolation.ts";
import { nothingPrinted, toPrinted } from "./printed.ts";
import type { FilledJob, PythonProvider, PythonResult } from "./python-job.ts";
import { withFiles } from "./with-files.ts";

const answerSchema = z.object({
  status: z.enum(["Success", "Failed", "SandboxError"]),
  message: z.string().nullish(),
  run_result: z
    .object({
      status: z.enum(["Finished", "Error", "TimeLimitExceeded"]),
      execution_time: z.number().nullish(),
      return_code: z.number().int().nullish(),
      stdout: z.string().nullish(),
      stderr: z.string().nullish(),
    })
    .nullish(),
  /** In base64, by the names that were asked for. */
  files: z.record(z.string(), z.string()).nullish(),
});
type FusionAnswer = z.infer<typeof answerSchema>;

/** What the service may take beside the script's own time: to queue, to unpack the files, to answer. */
const slackMs = 15_000;

/** For the script that tries to reach a network, with the wait for a service that is busy. */
const examineMs = 30_000;

export interface SandboxFusion extends PythonProvider {
  /** What is known of the service at each address; where nothing is, it is tried now. */
  examine(signal: AbortSignal): Promise<Isolation[]>;
}

/**
 * A SandboxFusion service of the operator's, on one address or several: each request goes to one of them by chance, so that another try may
 * meet another one. `random` gives a number from 0 up to 1. How its scripts are isolated is the operator's affair, and so it is tried before
 * the first of them: where they reach a network, none goes there, for what a run read in private may stand in the script itself. One that
 * does not answer is passed over, and tried again by the next job.
 */
export function sandboxFusion(options: { urls: readonly string[]; random?: () => number }): SandboxFusion {
  const { urls, random = Math.random } = options;
  const services = urls.map((url) => examined(sandboxFusionAt(url)));
  return {
    name: "sandboxfusion",
    manners: { atOnce: 8 * urls.length },
    examine: (signal) => Promise.all(services.map((service) => service.isolation(signal))),
    async ask(job, signal) {
      const candidates = [...services];
      let failure: Answer<never> | null = null;
      for (;;) {
        const [service] = candidates.splice(Math.floor(random() * candidates.length), 1);
        if (!service) return failure;
        const isolation = await service.isolation(signal);
        if (isolation.kind === "isolated") return await service.ask(job, signal);
        if (isolation.kind === "unknown") failure = isolation.failure;
      }
    },
  };
}

/** The service at one address, whatever its scripts may reach. */
export const sandboxFusionAt = (base: string): PythonProvider => ({
  name: "sandboxfusion",
  manners: { atOnce: 8 },
  ask: (job, signal) =>
    withFiles(job, async (filled) => {
      const url = new URL(`${base.replace(/\/$/, "")}/run_code`);
      const answer = await askJson(url, answerSchema, { method: "POST", body: bodyOf(filled), signal, timeoutMs: job.timeoutMs + slackMs });
      return answer.ok ? resultOf(answer.value, job.timeoutMs) : answer;
    }),
});

/** Tried once, for all who want to know it meanwhile: whoever stops waiting does not stop it for the others. */
function examined(service: PythonProvider) {
  let known: Promise<Isolation> | null = null;
  const examine = async (): Promise<Isolation> => {
    try {
      const isolation = await isolationOf(service, AbortSignal.timeout(examineMs));
      if (isolation.kind === "unknown") known = null;
      return isolation;
    } catch {
      known = null; // only its time can end it
      return { kind: "unknown", failure: { ok: false, reason: "timed-out", detail: `It ran no script in ${examineMs / 1_000} s` } };
    }
  };
  return {
    ask: service.ask,
    async isolation(signal: AbortSignal): Promise<Isolation> {
      known ??= examine();
      return await unlessAborted(known, signal);
    },
  };
}

/**
 * Its own memory limit is not asked for: it is set on address space and on stacks alike, and with stacks as large as the whole no thread can
 * start. The service is limited where it runs.
 */
function bodyOf({ code, files, timeoutMs }: FilledJob) {
  return {
    code,
    language: "python",
    run_timeout: timeoutMs / 1_000,
    compile_timeout: 10,
    files: Object.fromEntries(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")])),
    fetch_files: picturesNamedIn(code),
  };
}

/** The service gives back only files that it is asked for by name. */
const picturesNamedIn = (code: string): string[] =>
  [...new Set([...code.matchAll(/["']([\w.-]{1,100}\.png)["']/gi)].map(([, name = ""]) => name))].slice(0, mostFigures);

function resultOf({ status, message, run_result: run, files }: FusionAnswer, timeoutMs: number): Answer<PythonResult> {
  if (status === "SandboxError" || !run || run.status === "Error")
    return { ok: false, reason: "provider-failed", detail: `SandboxFusion could not run it: ${(message || "no result").slice(0, 300)}` };
  const durationMs = Math.round((run.execution_time ?? 0) * 1_000);
  const code = run.return_code ?? null;
  const texts = {
    stdout: run.stdout ? toPrinted(run.stdout) : nothingPrinted,
    stderr: run.stderr ? toPrinted(run.stderr) : nothingPrinted,
    figures: Object.entries(files ?? {})
      .slice(0, mostFigures)
      .flatMap(([name, content]) => readFigure(name, Buffer.from(content, "base64")) ?? []),
  };
  if (run.status === "TimeLimitExceeded")
    return { ok: true, value: { ...texts, returnCode: null, ended: "timed-out", durationMs: durationMs || timeoutMs } };
  if (code === null || code < 0) return { ok: true, value: { ...texts, returnCode: null, ended: "crashed", durationMs } };
  return {
    ok: true,
    value: { ...texts, returnCode: code, ended: isOutOfMemory(code, texts.stderr) ? "out-of-memory" : "exited", durationMs },
  };
}
