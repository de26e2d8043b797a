import { TextQuote, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { agreementAnchor } from "#components/heavy/synthesis/comparison-place.ts";
import { count } from "#components/trace/count.ts";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { Question } from "#components/ui/question.tsx";
import type { Report } from "#lib/domain/report.ts";
import { Checks } from "./checks.tsx";
import { lanesAgreeTitle } from "./lanes-agree.tsx";

/** `compared`: below the text stands where the lanes of the run agree. */
export function ReportHeader({ report, compared }: { report: Report; compared: boolean }) {
  const read = report.sources.length + report.readOnly.length;
  const removed = report.removedMarks.length;
  return (
    <header>
      <Question
        as="h1"
        text={report.question}
        className="font-serif text-[1.6875rem]/8.5 font-semibold tracking-[-0.018em] whitespace-pre-line sm:text-h1"
      />
      <p className="mt-3 flex flex-wrap gap-x-3.5 gap-y-0.5 text-xs/5 text-ink-3">
        {report.version > 1 && <span>Version {report.version}</span>}
        <span>
          made <Moment at={report.createdAt} />
        </span>
        {report.kind === "answer" && report.model && <b className="font-medium text-ink-2">{report.model}</b>}
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
      {report.kind === "quotes" && (
        <p className="mt-4 flex gap-2.5 rounded-panel bg-weak-soft px-4 py-3">
          <TextQuote {...icon} className="mt-0.5 shrink-0 text-weak" />
          {report.model
            ? "No language model wrote this: the run ended before an answer, and this report only quotes its sources."
            : "No language model is connected: this report only quotes its sources."}
        </p>
      )}
      <Checks citations={report.citations} />
      {removed > 0 && (
        <p className="mt-3 flex gap-2 text-xs/5 text-ink-2">
          <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
          {count(removed, "mark")} of the model named no source of this run and {removed === 1 ? "was" : "were"} removed:{" "}
          {report.removedMarks.slice(0, 12).join(" ")}
          {removed > 12 && " …"}
        </p>
      )}
      {report.limitations.map((sentence) => (
        <p key={sentence} className="mt-3 flex gap-2 text-xs/5 text-ink-2">
          <TriangleAlert {...icon} className="mt-0.5 shrink-0 text-weak" />
          <span>
            <b className="font-medium">Limitation.</b> {sentence}
          </span>
        </p>
      ))}
    </header>
  );
}
