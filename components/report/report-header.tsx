import { TextQuote, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { agreementAnchor } from "#components/heavy/synthesis/comparison-place.ts";
import { count } from "#components/trace/count.ts";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { Question } from "#components/ui/question.tsx";
import type { Report } from "#lib/domain/report.ts";
import { Checks } from "./checks.tsx";
import { lanesAgreeTitle } from "./lanes-agree.tsx";
import type { ReportFacts } from "./report-facts.ts";
import { wishWords } from "./versions/wish-words.ts";

const mostMarks = 12;

/** `compared`: below the text stands where the lanes of the run agree. */
export function ReportHeader({ report, facts, compared }: { report: Report; facts: ReportFacts; compared: boolean }) {
  const read = report.sources.length + report.readOnly.length;
  const removed = report.removedMarks.length;
  const { versions } = facts;
  return (
    <header>
      <Question
        as="h1"
        text={report.question}
        className="font-serif text-[1.6875rem]/8.5 font-semibold tracking-[-0.018em] whitespace-pre-line [overflow-wrap:anywhere] sm:text-h1"
      />
      <p className="mt-3 flex flex-wrap gap-x-3.5 gap-y-0.5 text-xs/5 text-ink-3">
        {versions.length > 1 && (
          <span>
            Version {report.version} of {versions.length}
          </span>
        )}
        <span>
          made <Moment at={report.createdAt} />
        </span>
        {report.kind === "answer" && report.model && <b className="font-medium text-ink-2 [overflow-wrap:anywhere]">{report.model}</b>}
        <span>
          {count(report.sources.length, "source")} cited of {read} read
        </span>
        <Link className="text-ink-2 underline" href={`/sessions/${report.sessionId}`} data-screen>
          How it was found
        </Link>
        {compared && (
          <a className="text-ink-2 underline" href={`#${agreementAnchor}`} data-screen>
            {lanesAgreeTitle}
          </a>
        )}
      </p>
      {report.rewrite && (
        <p className="mt-1 text-xs/5 text-ink-3">
          Written again from the evidence of version {report.rewrite.version}: {wishWords(report.rewrite.wishes)}. Nothing was searched
          again.{" "}
          <Link className="text-ink-2 underline" href={`/reports/${report.id}/changes?from=${report.rewrite.reportId}`} data-screen>
            What changed
          </Link>
        </p>
      )}
      {report.kind === "quotes" && (
        <p className="mt-4 flex gap-2.5 rounded-panel bg-weak-soft px-4 py-3">
          <TextQuote {...icon} className="mt-0.5 shrink-0 text-weak" />
          {report.model
            ? "No language model wrote this: the run ended before an answer, and this report only quotes its sources."
            : "No language model is connected: this report only quotes its sources."}
        </p>
      )}
      <Checks citations={report.citations} uncited={facts.uncited.length} judge={report.judge} />
      {removed > 0 && (
        <Warning>
          {count(removed, "mark")} of the model named no source of this run and {removed === 1 ? "was" : "were"} removed:{" "}
          {report.removedMarks.slice(0, mostMarks).join(" ")}
          {removed > mostMarks && " …"}
        </Warning>
      )}
      {report.limitations.map((sentence) => (
        <Warning key={sentence}>
          <b className="font-medium">Limitation.</b> {sentence}
        </Warning>
      ))}
    </header>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p className="mt-3 flex gap-2 text-xs/5 text-ink-2">
    <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
    <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
  </p>
);
