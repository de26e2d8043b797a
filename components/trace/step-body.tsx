import type { StepView } from "#lib/domain/run-view.ts";
import { Call } from "./call.tsx";
import { Markdown } from "./markdown.tsx";
import { ModelFailures } from "./model-failures.tsx";

/** Inside of a step: the thought first, then the call and what it came to. */
export function StepBody({ step }: { step: StepView }) {
  const thinking = step.state === "thinking";
  const pending = step.move?.kind === "call" && step.calls.length === 0 ? step.move : null;
  const empty = !thinking && step.thought === "" && step.answer === "" && step.calls.length === 0 && !pending && step.failures.length === 0;
  return (
    <div className="pt-1">
      <ModelFailures failures={step.failures} waiting={thinking && step.thought === "" && step.answer === ""} />
      {step.thought !== "" && <Markdown text={step.thought} live={thinking && step.answer === ""} />}
      {step.answer !== "" && (
        <div className="mt-2.5 rounded-control bg-surface px-3 py-2.5 inset-ring inset-ring-line">
          <p className="mb-1 text-xs font-medium text-ink-3">Answer</p>
          <Markdown text={step.answer} live={thinking} />
        </div>
      )}
      {step.move?.kind === "unreadable" && <p className="mt-2 text-weak">{step.move.problem}</p>}
      {pending && <Call call={{ callId: "", calledAt: "", returned: null, tool: pending.tool, arguments: pending.arguments }} />}
      {step.calls.map((call) => (
        <Call key={call.callId} call={call} />
      ))}
      {empty && <p className="text-ink-3">Nothing was written in this step.</p>}
    </div>
  );
}
