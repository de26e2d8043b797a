import { Disclosure } from "#components/ui/disclosure.tsx";
import type { StepView } from "#lib/domain/run-view.ts";
import { Call } from "./call.tsx";
import { laneNotes } from "./lane-notes.ts";
import { Markdown } from "./markdown.tsx";
import { ModelFailures } from "./model-failures.tsx";
import { Silence } from "./silence.tsx";
import { askedOf } from "./step-title.ts";

/** Inside of a step: the thought first, then the call and what it came to. */
export function StepBody({ step }: { step: StepView }) {
  const thinking = step.state === "thinking";
  const pending = askedOf(step).slice(step.calls.length);
  const said = step.thought !== "" || step.answer !== "" || step.report !== "" || step.summary !== null;
  const empty = !thinking && !said && step.calls.length === 0 && pending.length === 0 && step.failures.length === 0;
  return (
    <div className="pt-1">
      <ModelFailures failures={step.failures} waiting={thinking && step.thought + step.report + step.answer === ""} />
      {thinking && step.silence && <Silence silence={step.silence} />}
      {step.thought !== "" && <Markdown text={step.thought} live={thinking && step.report + step.answer === ""} />}
      {laneNotes(step).map((note) => (
        <p key={note} className="mt-2 text-weak">
          {note}
        </p>
      ))}
      {step.report !== "" && (
        <Disclosure
          className="mt-2.5 rounded-control bg-surface inset-ring inset-ring-line"
          summary={step.writes ? "What it wrote" : "The report as this wrote it"}
        >
          <div className="px-3 pb-2.5">
            <Markdown text={step.report} live={thinking && step.answer === ""} />
          </div>
        </Disclosure>
      )}
      {step.answer !== "" && (
        <div className="mt-2.5 rounded-control bg-surface px-3 py-2.5 inset-ring inset-ring-line">
          <p className="mb-1 text-xs font-medium text-ink-3">Answer</p>
          <Markdown text={step.answer} live={thinking} />
        </div>
      )}
      {step.summary !== null && (
        <div className="mt-2.5 rounded-control bg-surface px-3 py-2.5 inset-ring inset-ring-line">
          <p className="mb-1 text-xs font-medium text-ink-3">
            Summary: from here on the model sees this and the question. The trace keeps everything.
          </p>
          <Markdown text={step.summary} live={false} />
        </div>
      )}
      {(step.move?.kind === "unreadable" || step.move?.kind === "none") && <p className="mt-2 text-weak">{step.move.problem}</p>}
      {step.calls.map((call) => (
        <Call key={call.callId} call={call} />
      ))}
      {pending.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls that have not begun have nothing but their place
        <Call key={index} call={{ ...call, callId: "", calledAt: "", returned: null }} />
      ))}
      {empty && <p className="text-ink-3">Nothing was written in this step.</p>}
    </div>
  );
}
