"use client";

import { TriangleAlert } from "lucide-react";
import { icon } from "#components/ui/icon.ts";
import { useNow } from "#lib/client/clock.tsx";
import type { ModelFailureView } from "#lib/domain/run-view.ts";
import { modelFailureWords, retryWords } from "./failure-words.ts";

export function ModelFailures({ failures, waiting }: { failures: readonly ModelFailureView[]; waiting: boolean }) {
  if (failures.length === 0) return null;
  return (
    <ul className="mb-2.5 grid gap-1.5">
      {failures.map((failure, index) => (
        <li key={failure.attempt} className="flex gap-2 rounded-control bg-weak-soft px-3 py-2 text-ink">
          <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
          <div className="min-w-0">
            <p>
              {modelFailureWords(failure.reason)} {waiting && index === failures.length - 1 && <Retry failure={failure} />}
            </p>
            {failure.detail && <p className="font-mono text-xs text-ink-2">{failure.detail}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Retry({ failure }: { failure: ModelFailureView }) {
  const now = useNow();
  return <span className="tabular-nums">{retryWords(failure, now)}</span>;
}
