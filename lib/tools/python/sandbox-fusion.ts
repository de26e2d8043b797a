import { z } from "zod";
import { askJson } from "#lib/tools/providers/ask-service.ts";
import type { Answer } from "#lib/tools/providers/provider.ts";
import { isOutOfMemory } from "./is-out-of-memory.ts";
import { nothingPrinted, toPrinted } from "./printed.ts";
import type { PythonJob, PythonProvider, PythonResult } from "./python-job.ts";

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
});
type FusionAnswer = z.infer<typeof answerSchema>;

/** What the service may take beside the script's own time: to queue, to unpack the files, to answer. */
const slackMs = 15_000;

/**
 * A SandboxFusion service of the operator's, on one address or several: each request goes to one of them by chance, so that another try may
 * meet another one. `random` gives a number from 0 up to 1.
 */
export function sandboxFusion(options: { urls: readonly string[]; random?: () => number }): PythonProvider {
  const { urls, random = Math.random } = options;
  return {
    name: "sandboxfusion",
    manners: { atOnce: 8 * urls.length },
    async ask(job, signal) {
      const base = urls[Math.floor(random() * urls.length)] ?? "";
      const url = new URL(`${base.replace(/\/$/, "")}/run_code`);
      const answer = await askJson(url, answerSchema, { method: "POST", body: bodyOf(job), signal, timeoutMs: job.timeoutMs + slackMs });
      return answer.ok ? resultOf(answer.value, job.timeoutMs) : answer;
    },
  };
}

/**
 * Its own memory limit is not asked for: it is set on address space and on stacks alike, and with stacks as large as the whole no thread can
 * start. The service is limited where it runs.
 */
function bodyOf({ code, files, timeoutMs }: PythonJob) {
  return {
    code,
    language: "python",
    run_timeout: timeoutMs / 1_000,
    compile_timeout: 10,
    files: Object.fromEntries(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString("base64")])),
  };
}

function resultOf({ status, message, run_result: run }: FusionAnswer, timeoutMs: number): Answer<PythonResult> {
  if (status === "SandboxError" || !run || run.status === "Error")
    return { ok: false, reason: "provider-failed", detail: `SandboxFusion could not run it: ${(message || "no result").slice(0, 300)}` };
  const durationMs = Math.round((run.execution_time ?? 0) * 1_000);
  const code = run.return_code ?? null;
  const texts = {
    stdout: run.stdout ? toPrinted(run.stdout) : nothingPrinted,
    stderr: run.stderr ? toPrinted(run.stderr) : nothingPrinted,
  };
  if (run.status === "TimeLimitExceeded")
    return { ok: true, value: { ...texts, returnCode: null, ended: "timed-out", durationMs: durationMs || timeoutMs } };
  if (code === null || code < 0) return { ok: true, value: { ...texts, returnCode: null, ended: "crashed", durationMs } };
  return {
    ok: true,
    value: { ...texts, returnCode: code, ended: isOutOfMemory(code, texts.stderr) ? "out-of-memory" : "exited", durationMs },
  };
}
