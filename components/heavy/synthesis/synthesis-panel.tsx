"use client";

import { Check, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { synthesisId } from "#components/heavy/places.ts";
import { smallIcon } from "#components/ui/icon.ts";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { comparisonOf } from "#lib/domain/comparison.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import { Agreement } from "./agreement.tsx";
import { agreementAnchorOf, inSession } from "./comparison-place.ts";
import { LanesRead } from "./lanes-read.tsx";
import { startOf } from "./start-of.ts";
import { type SynthesisState, synthesisState, synthesisSteps } from "./synthesis-state.ts";
import { LiveThought, PastThought } from "./synthesis-thought.tsx";
import { synthesisSentence, synthesisTag } from "./synthesis-words.ts";

/** The synthesis of a Heavy run: when it begins, what it compares and writes, and what the report rests on. */
export function SynthesisPanel({ runId, view }: { runId: string; view: RunView }) {
  const state = synthesisState(view);
  if (!state || !view.heavy) return null;
  const steps = synthesisSteps(view);
  const live = steps.at(-1);
  const isLive = "since" in state;
  const quotes = view.model?.name === null;
  const place = inSession(runId);
  const comparison = comparisonOf(view);
  const compared = state.kind === "done" || comparison.length > 0;
  return (
    <section
      aria-labelledby={`${synthesisId(runId)}-title`}
      aria-busy={isLive || undefined}
      className="overflow-clip rounded-panel bg-surface ring-1 ring-line"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-b-0">
        <h3 id={`${synthesisId(runId)}-title`} className="font-semibold">
          Synthesis
        </h3>
        <StateTag state={state} view={view} />
        {isLive && (
          <span className="text-xs text-ink-3 tabular-nums">
            <LiveDuration since={state.since} />
          </span>
        )}
        <p className="basis-64 grow text-pretty text-ink-2">
          {state.kind === "queued" ? startOf(view) : synthesisSentence(state, view.heavy.strategy, { quotes })}
        </p>
        {state.kind === "done" && view.reportId && <Link href={`/reports/${view.reportId}`}>Read the report</Link>}
      </header>
      <LanesRead lanes={view.lanes} plan={view.heavy} place={place} begun={state.kind !== "queued" && state.kind !== "not-begun"} />
      {compared && (
        <div id={agreementAnchorOf(runId)} className="scroll-mt-16">
          <Agreement comparison={comparison} place={place} quotes={quotes} />
        </div>
      )}
      {isLive && live && live.state !== "ended" ? <LiveThought step={live} /> : <PastThought steps={steps} />}
    </section>
  );
}

function StateTag({ state, view }: { state: SynthesisState; view: RunView }) {
  const { tone, tag } = synthesisTag(state, view.heavy?.strategy ?? "research-synthesis");
  return (
    <Tag tone={tone}>
      {tone === "live" && <span className="pulse" aria-hidden="true" />}
      {tone === "good" && <Check {...smallIcon} />}
      {tone === "bad" && <TriangleAlert {...smallIcon} />}
      {tag}
    </Tag>
  );
}
