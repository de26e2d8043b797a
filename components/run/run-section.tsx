"use client";

import Link from "next/link";
import { LanesOfRun } from "#components/heavy/lanes-of-run.tsx";
import { count } from "#components/trace/count.ts";
import { Trace } from "#components/trace/trace.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Question } from "#components/ui/question.tsx";
import { hasRunEnded, type RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { Following } from "./following.tsx";
import { QuestionFiles } from "./question-files.tsx";
import type { ReportSummary } from "./report-summary.ts";
import { RunEnd } from "./run-end.tsx";
import { stepsOf, workOf } from "./run-words.ts";
import { SearchTrouble } from "./search-trouble.tsx";

/** A question and what came of it. Of earlier runs the end is shown and the steps are folded away; the last one shows its steps. */
export function RunSection({ run, report, last }: { run: RunStore; report: ReportSummary | null; last: boolean }) {
  const plan = useRunPart(run, (view) => view.heavy);
  const ended = useRunPart(run, hasRunEnded);
  const steps = useRunPart(run, (view) => stepsOf(view).length);
  const work = useRunPart(run, workOf);
  const question = useRunPart(run, (view) => view.question);
  const files = useRunPart(run, (view) => view.attachments);
  const replays = useRunPart(run, (view) => view.replayOf !== null);
  const rewrite = useRunPart(run, (view) => view.rewrite);
  const basis = useRunPart(run, (view) => view.basis);
  const health = useRunPart(run, (view) => view.searchHealth);
  const queuedAt = useRunPart(run, (view) => view.queuedAt);
  const model = useRunPart(run, (view) => view.model);
  return (
    <section aria-label={question} className="pb-8">
      <Question
        as="h2"
        text={question}
        className="font-serif text-2xl/8 font-medium tracking-[-0.01em] text-pretty whitespace-pre-line max-sm:text-xl/7"
      />
      <QuestionFiles files={files} />
      <p className="mt-2 mb-6 flex flex-wrap gap-x-3 gap-y-1 text-xs text-ink-3">
        {queuedAt && (
          <span>
            Asked <Moment at={queuedAt} />
          </span>
        )}
        {rewrite && (
          <span>
            From the evidence of <Link href={`/reports/${rewrite.reportId}`}>version {rewrite.version}</Link>, nothing is searched
          </span>
        )}
        {basis && (
          <span>
            Goes on from the report on <Link href={`/reports/${basis.reportId}`}>{basis.question}</Link>
          </span>
        )}
        <span>
          {rewrite
            ? "Writing"
            : plan
              ? `Heavy, ${count(plan.lanes, "lane")}${plan.strategy === "parallel-muse" ? ", ParallelMuse" : ""}`
              : "Standard"}
        </span>
        {replays && <span>Replay: tools give what they gave in an earlier run</span>}
        {model && <span>{model.name ?? "No language model: quotes only"}</span>}
      </p>
      <SearchTrouble health={health} />
      {last && plan ? (
        <LanesOfRun run={run} last />
      ) : last ? (
        <Following run={run} steps={steps} live={!ended}>
          <Trace run={run} />
        </Following>
      ) : (
        <>
          <RunEndOf run={run} report={report} />
          <Disclosure className="mt-2" summary={work}>
            <div className="pt-2">{plan ? <LanesOfRun run={run} last={false} /> : <Trace run={run} />}</div>
          </Disclosure>
        </>
      )}
    </section>
  );
}

export function RunEndOf({ run, report }: { run: RunStore; report: ReportSummary | null }) {
  const view = useRunPart(run, (whole) => whole);
  return <RunEnd runId={run.runId} view={view} report={report?.id === view.reportId ? report : null} />;
}
