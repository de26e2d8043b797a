import { TriangleAlert } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { createShare } from "#lib/client/api.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { type Share, type ShareScope, shareDays, shareScopeSchema } from "#lib/domain/share.ts";
import { type Ending, EndingChoice, endOf } from "./ending-choice.tsx";
import { privateWords, scopeMore, scopeWords } from "./share-words.ts";
import type { SharedReport } from "./shared-report.ts";

export function NewLink({ report, onMade }: { report: SharedReport; onMade: (share: Share & { url: string }) => void }) {
  const [scope, setScope] = useState<ShareScope>("report");
  const [ending, setEnding] = useState<Ending>({ days: shareDays.usual });
  const [indexable, setIndexable] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const group = useId();
  const warning = privateWords(report, scope);
  const end = endOf(ending, Date.now());
  const make = async (expiresAt: string) => {
    setSending(true);
    try {
      onMade((await createShare(report.id, { scope, expiresAt, indexable })).share);
    } catch (error) {
      setProblem(sayRefusal(error));
    }
    setSending(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = endOf(ending, Date.now());
    if (expiresAt) void make(expiresAt);
  };
  return (
    <form onSubmit={submit} className="grid gap-3.5">
      <fieldset className="grid gap-0.5">
        <legend className="mb-1 text-xs font-medium text-ink-3">Who has the link can read</legend>
        {shareScopeSchema.options.map((option) => (
          <label key={option} className="grid cursor-pointer grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 py-1 pointer-coarse:py-2.5">
            <input
              type="radio"
              name={group}
              value={option}
              checked={scope === option}
              onChange={() => setScope(option)}
              className="mt-0.5 size-4"
            />
            <span>
              <span className="font-medium">{scopeWords[option]}</span>
              <span className="block text-xs text-ink-3">{scopeMore(option, report)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {warning && (
        <p role="status" className="flex gap-2 rounded-control bg-weak-soft px-3 py-2">
          <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{warning}</span>
        </p>
      )}
      <EndingChoice ending={ending} onChange={setEnding} />
      <label className="grid cursor-pointer grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 pointer-coarse:py-2.5">
        <input type="checkbox" checked={indexable} onChange={(event) => setIndexable(event.target.checked)} className="mt-0.5 size-4" />
        Search engines may list it
      </label>
      {problem && (
        <p role="alert" className="text-unsupported">
          No link was made. {problem}
        </p>
      )}
      <Button type="submit" look="primary" disabled={sending || end === null} className="justify-self-end">
        Create the link
      </Button>
    </form>
  );
}
