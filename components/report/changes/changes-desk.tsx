import { ArrowRight, ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { passageLink } from "#components/report/passage-link.ts";
import { statusWord } from "#components/report/status.ts";
import { wishWords } from "#components/report/versions/wish-words.ts";
import { TopBar } from "#components/shell/top-bar.tsx";
import { count } from "#components/trace/count.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { cx } from "#components/ui/cx.ts";
import { icon, smallIcon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { Citation } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { ChangedReport } from "./changed-report.tsx";
import { citationChanges } from "./citation-changes.ts";

export interface ChangesDeskProps {
  before: Report;
  after: Report;
  /** The text of `before` with the numbers that its sources have in `after`, so that only what changed is marked. */
  markdownBefore: string;
  /** All versions, to compare others. */
  versions: readonly { id: string; version: number }[];
}

/** What changed between two versions of a report: the text with its changes, and the citations gained and lost. */
export function ChangesDesk({ before, after, markdownBefore, versions }: ChangesDeskProps) {
  const { gained, lost, statuses } = citationChanges(before, after);
  return (
    <>
      <TopBar>
        <ButtonLink look="quiet" href={`/reports/${after.id}`}>
          <ChevronLeft {...icon} />
          Version {after.version}
        </ButtonLink>
        <span className="min-w-0 flex-1 truncate font-semibold max-sm:hidden">What changed</span>
      </TopBar>
      <main id="main" className="flex-1 bg-surface">
        <div className="mx-auto w-full max-w-[calc(var(--container-read)+4rem)] px-4 pt-8 pb-16 md:px-8 md:pt-11">
          <h1 className="font-serif text-[1.6875rem]/8.5 font-semibold tracking-[-0.018em] sm:text-h1">
            What changed from version {before.version} to {after.version}
          </h1>
          <p className="mt-2 text-ink-2 [overflow-wrap:anywhere]">{after.question}</p>
          <dl className="mt-4 grid gap-1 text-xs/5 text-ink-3">
            <VersionLine report={before} />
            <VersionLine report={after} />
          </dl>
          {versions.length > 2 && <OtherVersions versions={versions} before={before} after={after} />}
          <section aria-label="Citations" className="mt-5 border-y border-line py-3.25">
            <ul className="flex flex-wrap gap-x-4 gap-y-1" aria-label="Citations by status, before and after">
              {statuses.map((each) => (
                <li key={each.status} className={cx("inline-flex items-center gap-1.25 text-xs/5 font-medium", `status-${each.status}`)}>
                  <span className="status-mark" aria-hidden="true" />
                  <span className="tabular-nums">{each.before}</span>
                  <ArrowRight {...smallIcon} aria-label="to" />
                  <b className="font-semibold tabular-nums">{each.after}</b> {statusWord(each.status)}
                </li>
              ))}
            </ul>
            <Passages title="Cited only now" citations={gained} report={after} empty="No passage is cited that was not cited before." />
            <Passages title="No longer cited" citations={lost} report={before} empty="Every passage that was cited still is." />
          </section>
          <p className="changed mt-4 text-xs/5 text-ink-3">
            <ins>Underlined</ins> was added, <del>struck</del> was removed. The numbers in brackets are the sources of version{" "}
            {after.version}.
          </p>
          <ChangedReport before={markdownBefore} after={after.markdown} />
        </div>
      </main>
    </>
  );
}

function VersionLine({ report: { id, version, createdAt, model, rewrite } }: { report: Report }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt>
        <Link className="text-ink-2 underline" href={`/reports/${id}`}>
          Version {version}
        </Link>
      </dt>
      <dd className="[overflow-wrap:anywhere]">
        made <Moment at={createdAt} />
        {model && `, ${model}`}, {rewrite ? wishWords(rewrite.wishes) : "as first written"}
      </dd>
    </div>
  );
}

function OtherVersions({ versions, before, after }: Pick<ChangesDeskProps, "versions" | "before" | "after">) {
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 text-xs/6 text-ink-3">
      Compare with
      {versions
        .filter(({ id }) => id !== before.id && id !== after.id)
        .map(({ id, version }) => (
          <Link key={id} className="text-ink-2 underline" href={`/reports/${after.id}/changes?from=${id}`}>
            version {version}
          </Link>
        ))}
    </p>
  );
}

function Passages({ title, citations, report, empty }: { title: string; citations: Citation[]; report: Report; empty: ReactNode }) {
  const sourceOf = (citation: Citation): SourceRef | undefined => report.sources.find(({ id }) => id === citation.sourceId);
  if (citations.length === 0) return <p className="mt-2 text-xs/5 text-ink-3">{empty}</p>;
  return (
    <details className="mt-2" open={citations.length <= 3}>
      <summary className="min-h-6 text-xs/6 font-medium hover:text-accent">
        {title}: {count(citations.length, "passage")}
      </summary>
      <ul className="mt-1 grid gap-2">
        {citations.map((citation) => (
          <li key={`${citation.sourceId} ${citation.passage.start}`} className="border-l-2 border-line-strong pl-3">
            <p className="line-clamp-3 font-serif text-[0.9375rem]/5.75 [overflow-wrap:anywhere]">{citation.passage.text}</p>
            <p className="text-xs/5 text-ink-3">
              <Link className="text-ink-2 underline" href={passageLink(report.id, citation, report.citations.indexOf(citation))}>
                {sourceOf(citation)?.title || sourceOf(citation)?.url || "source"}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
