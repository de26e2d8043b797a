import Link from "next/link";
import { Moment } from "#components/ui/moment.tsx";
import type { SourceRef } from "#lib/domain/source.ts";
import type { ReportFacts } from "./reading.tsx";

/** The cited sources with their numbers, then what was read and not cited. */
export function ReportSources({ report }: { report: ReportFacts }) {
  const times = (source: SourceRef) => report.citations.filter((citation) => citation.sourceId === source.id).length;
  return (
    <div>
      <ol aria-label="Cited sources">
        {report.sources.map((source, index) => (
          <SourceRow
            key={source.id}
            source={source}
            report={report}
            n={String(index + 1)}
            note={`cited ${times(source) === 1 ? "once" : `${times(source)} times`}`}
          />
        ))}
      </ol>
      {report.readOnly.length > 0 && (
        <>
          <h3 className="pt-4 pb-1 text-xs font-medium text-ink-3">Read and not cited</h3>
          <ul>
            {report.readOnly.map((source) => (
              <SourceRow key={source.id} source={source} report={report} n="–" note="not cited" />
            ))}
          </ul>
        </>
      )}
      {report.sources.length + report.readOnly.length === 0 && (
        <p className="py-8 text-center text-ink-2">Nothing was read for this report.</p>
      )}
    </div>
  );
}

function SourceRow({ source, report, n, note }: { source: SourceRef; report: ReportFacts; n: string; note: string }) {
  return (
    <li className="grid grid-cols-[1.375rem_minmax(0,1fr)] gap-x-2.5 border-b border-line py-2.75">
      <span className="text-right text-ink-3 tabular-nums">{n}</span>
      <div className="min-w-0">
        <Link
          className="font-medium text-pretty text-ink no-underline hover:text-accent hover:underline"
          href={`/sources/${source.id}?report=${report.id}`}
        >
          {source.title || source.url}
        </Link>
        <p className="flex flex-wrap gap-x-2 text-xs/5 text-ink-3">
          <span className="[overflow-wrap:anywhere]">{source.site}</span>
          <span>
            read <Moment at={source.fetchedAt} />
          </span>
          <span>{note}</span>
        </p>
      </div>
    </li>
  );
}
