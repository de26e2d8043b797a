import { z } from "zod";
import type { FigureRef } from "#lib/domain/figure.ts";
import type { FailureReason, Outcome } from "#lib/domain/outcome.ts";
import { failureWords } from "./failure-words.ts";
import { askInTurn } from "./policies/ask-in-turn.ts";
import { mostKept, shortened } from "./python/printed.ts";
import type { PythonDesk, PythonJob, PythonResult } from "./python/python-job.ts";
import { withoutFence } from "./python/without-fence.ts";
import type { Tool, ToolContext, ToolReturn } from "./tool.ts";

const timeoutMs = 50_000; // upstream's, which the model was trained with
const memoryMegabytes = 1_024;
/** Characters of an observation. What a script prints matters more than the way to its error, whose end says it. */
const mostShown = { stdout: 16_000, stderr: 4_000 };

export const pythonArguments = z
  .object({ code: z.string().transform(withoutFence) })
  .refine(({ code }) => code !== "", { error: "code must hold the Python code to run", path: ["code"] });

const forms = {
  /** As Tongyi's model was trained: no argument, and the code in tags behind the call. */
  tags: {
    description: `Runs Python code in a sandbox.
To call it:
1. "arguments" must be an empty object: {}.
2. The code stands between <code> and </code>, inside the tool call and right after the JSON.
Only what is printed is returned, so print() every result. Each call begins anew; uploaded files are in the working directory.
For example:
<tool_call>
{"name": "PythonInterpreter", "arguments": {}}
<code>
total = sum(range(10))
print(total)
</code>
</tool_call>`,
    parameters: { type: "object", properties: {}, required: [] },
  },
  argument: {
    description:
      "Runs Python code in a sandbox. Only what is printed is returned, so print() every result. Each call begins anew; uploaded files are in the working directory; there is no network.",
    parameters: { type: "object", properties: { code: { type: "string", description: "The Python code to run." } }, required: ["code"] },
  },
};

/**
 * The `PythonInterpreter` tool. A script that fails is not tried elsewhere; a sandbox that cannot run it is followed by the next one.
 * `form`: how the model's dialect gives code, which decides what the model reads about it.
 */
export function pythonTool(options: {
  sandboxes: readonly PythonDesk[];
  form?: keyof typeof forms;
}): Tool<z.infer<typeof pythonArguments>> {
  return {
    name: "PythonInterpreter",
    ...forms[options.form ?? "tags"],
    schema: pythonArguments,
    async run({ code }, context): Promise<ToolReturn> {
      const job: PythonJob = { code, files: filesOf(context), timeoutMs, memoryMegabytes };
      const { answer, provider, attempts } = await askInTurn(options.sandboxes, job, context.signal);
      const figures: FigureRef[] = [];
      for (const figure of answer.ok ? answer.value.figures : []) figures.push(await context.keepFigure(figure));
      const outcome = answer.ok ? outcomeOf(answer.value, figures) : notRun(answer.reason, provider);
      const failure = outcome.kind === "failed" ? { failure: outcome.reason } : {};
      const details = answer.ok ? detailsOf(answer.value) : { stdout: "", stderr: "", returnCode: null, durationMs: 0 };
      return {
        outcome,
        details: { kind: "python", code, ...details, ...failure, ...(figures.length > 0 && { figures }) },
        provider,
        attempts,
        cacheHit: false,
        sources: [],
      };
    },
  };
}

const filesOf = ({ attachments, bytesOf }: ToolContext): PythonJob["files"] =>
  attachments.map((attachment) => ({ name: attachment.name, size: attachment.size, bytes: () => bytesOf(attachment) }));

function outcomeOf(result: PythonResult, figures: readonly FigureRef[]): Outcome {
  const text = observationOf(result, figures);
  const reason = reasonOf(result);
  return reason ? { kind: "failed", reason, text } : { kind: "ok", text };
}

function reasonOf({ ended, returnCode }: PythonResult): FailureReason | null {
  if (ended === "printed-too-much") return "too-large";
  if (ended !== "exited") return ended;
  return returnCode === 0 ? null : "script-failed";
}

const endings: Record<PythonResult["ended"], string> = {
  exited: "",
  "timed-out": "[PythonInterpreter Error] TimeoutError: Execution timed out.",
  "out-of-memory": "[PythonInterpreter Error] MemoryError: The script used more memory than it may.",
  "printed-too-much": "[PythonInterpreter Error] The script was ended because it printed far too much.",
  crashed: "[PythonInterpreter Error] The Python process ended unexpectedly.",
};

/** Upstream's layout, which the model was trained on. What was printed before a failure is part of it. */
function observationOf(result: PythonResult, figures: readonly FigureRef[]): string {
  const stdout = shortened(result.stdout, mostShown.stdout);
  const stderr = shortened(result.stderr, mostShown.stderr);
  const silent = result.returnCode ? `[PythonInterpreter Error] The script ended with exit code ${result.returnCode}.` : "";
  const parts = [
    stdout && `stdout:\n${stdout}`,
    stderr && `stderr:\n${stderr}`,
    endings[result.ended] || (stderr ? "" : silent),
    figureLines(figures),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join("\n") : "Finished execution.";
}

/** The model cannot see what it drew, but can show it. */
const figureLines = (figures: readonly FigureRef[]): string =>
  figures.map(({ n, name }) => `[${name} is kept. To show it in the answer: ![what it shows](figure:${n})]`).join("\n");

function detailsOf({ stdout, stderr, returnCode, durationMs }: PythonResult) {
  return { stdout: shortened(stdout, mostKept), stderr: shortened(stderr, mostKept), returnCode, durationMs };
}

/** Every sandbox may have left the job alone: a service whose scripts reach a network is not used. */
function notRun(reason: FailureReason, provider: string | null): Outcome {
  const why = provider ? failureWords[reason] : "no sandbox here is cut off from the network";
  return { kind: "failed", reason, text: `[PythonInterpreter Error] The code could not be run: ${why}. Go on without it.` };
}
