import { Markdown } from "#components/trace/markdown.tsx";
import { ModelFailures } from "#components/trace/model-failures.tsx";
import { Silence } from "#components/trace/silence.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { StepView } from "#lib/domain/run-view.ts";

/** What the synthesis thinks and writes, while it does. */
export function LiveThought({ step }: { step: StepView }) {
  const writing = step.answer !== "";
  return (
    <div className="border-t border-line px-4 pt-3 pb-4">
      <ModelFailures failures={step.failures} waiting={step.thought === "" && !writing} />
      {step.silence && <Silence silence={step.silence} />}
      {step.thought !== "" && (
        <Disclosed folded={writing} label="Thought">
          <Markdown text={step.thought} live={!writing} />
        </Disclosed>
      )}
      {writing && (
        <>
          <p className="mt-3 mb-1 text-xs font-medium text-ink-3">The report, as it is written</p>
          <Markdown text={step.answer} live />
        </>
      )}
    </div>
  );
}

/** What it thought, when it is over: every try. */
export function PastThought({ steps }: { steps: readonly StepView[] }) {
  const said = steps.filter((step) => step.thought !== "" || step.failures.length > 0);
  if (said.length === 0) return null;
  return (
    <Disclosure className="border-t border-line" summary={<span className="font-medium">What the synthesis thought</span>}>
      <div className="grid gap-4 px-4 pt-1 pb-4">
        {said.map((step, index) => (
          <div key={step.key}>
            {said.length > 1 && <p className="mb-1 text-xs font-medium text-ink-3">Try {index + 1}</p>}
            <ModelFailures failures={step.failures} waiting={false} />
            <Markdown text={step.thought} />
          </div>
        ))}
      </div>
    </Disclosure>
  );
}

function Disclosed({ folded, label, children }: { folded: boolean; label: string; children: React.ReactNode }) {
  if (folded)
    return (
      <Disclosure className="-mx-3" summary={label}>
        <div className="px-3 pb-2">{children}</div>
      </Disclosure>
    );
  return (
    <>
      <p className="mb-1 text-xs font-medium text-ink-3">{label}</p>
      {children}
    </>
  );
}
