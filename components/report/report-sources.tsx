"use client";

import { Copy, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "#components/trace/count.ts";
import { failureWords } from "#components/trace/failure-words.ts";
import { smallIcon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { SourceRef } from "#lib/domain/source.ts";
import { useReport } from "./reading.tsx";
import { sourceGroups } from "./source-groups.ts";

/** The cited sources with their numbers, copies beside what they are copies of; then what was read and not cited, and what could not be read. */
export function ReportSources() {
  const { sources, readOnly, unread, citations } = useReport();
  const groups = sourceGroups(sources);
  const times = (source: SourceRef) => citations.filter((citation) => citation.sourceId === source.id).length;
  if (sources.length + readOnly.length + unread.length === 0)
    return <p className="py-8 text-center text-ink-2">Nothing was read for this report.</p>;
  return (
    <div className="pb-8">
      <p className="py-3 text-xs/4.5 text-ink-2">
        {count(sources.length, "source")} cited
        {groups.length < sources.length && <>, {groups.length} of them independent</>} · {sources.length + readOnly.length} read
        {unread.length > 0 && <> · {unread.length} could not be read</>}
      </p>
      <ol aria-label="Cited sources">
        {groups.flatMap(([first, ...copies]) =>
          first
            ? [first, ...copies].map((source) => (
                <SourceRow key={source.id} source={source} n={String(source.n)} note={citedWords(times(source))}>
                  {source !== first && <SameText as={first.n} />}
                </SourceRow>
              ))
            : [],
        )}
      </ol>
      {readOnly.length > 0 && (
        <Group title="Read, not cited" n={readOnly.length}>
          {readOnly.map((source) => (
            <SourceRow key={source.id} source={source} n="–" note={null}>
              {source.copyOf !== undefined && <SameText as={source.copyOf} />}
            </SourceRow>
          ))}
        </Group>
      )}
      {unread.length > 0 && (
        <Group title="Could not be read" n={unread.length}>
          {unread.map((page) => (
            <li key={page.url} className="grid grid-cols-[1.375rem_minmax(0,1fr)] gap-x-2.5 border-t border-line py-2.75">
              <span className="text-right text-ink-3">–</span>
              <div className="min-w-0">
                <p className="[overflow-wrap:anywhere]">{page.url}</p>
                <p className="mt-0.5">
                  <Tag tone="bad">
                    <TriangleAlert {...smallIcon} />
                    {failureWords(page.reason)}
                  </Tag>
                </p>
              </div>
            </li>
          ))}
        </Group>
      )}
    </div>
  );
}

const citedWords = (times: number) => (times === 1 ? "cited once" : `cited ${times} times`);

function Group({ title, n, children }: { title: string; n: number; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="pt-5 pb-1.5 font-medium">
        {title} <span className="font-normal text-ink-3 tabular-nums">{n}</span>
      </h3>
      <ul>{children}</ul>
    </section>
  );
}

const SameText = ({ as }: { as: number }) => (
  <Tag>
    <Copy {...smallIcon} />
    same text as source {as}: counts once
  </Tag>
);

function SourceRow({ source, n, note, children }: { source: SourceRef; n: string; note: string | null; children: ReactNode }) {
  const report = useReport();
  return (
    <li className="grid grid-cols-[1.375rem_minmax(0,1fr)] gap-x-2.5 border-t border-line py-2.75">
      <span className="text-right text-ink-3 tabular-nums">{n}</span>
      <div className="min-w-0">
        <Link
          className="inline-block py-0.5 font-medium text-pretty text-ink no-underline [overflow-wrap:anywhere] hover:text-accent hover:underline"
          href={`/sources/${source.id}?report=${report.id}`}
        >
          {source.title || source.url}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs/5 text-ink-3">
          <span className="[overflow-wrap:anywhere]">{source.site}</span>
          <span>
            read <Moment at={source.fetchedAt} />
          </span>
          {note && <span className="font-medium text-ink-2">{note}</span>}
          {children}
        </p>
      </div>
    </li>
  );
}
