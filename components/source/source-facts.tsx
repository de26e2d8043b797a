import Link from "next/link";
import type { ReactNode } from "react";
import { count } from "#components/trace/count.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { Source } from "#lib/domain/source.ts";

/** What else is known of a stored text: where it was read besides, and who cites it. */
export interface SourceRelations {
  copies: readonly { id: string; url: string; fetchedAt: string }[];
  reports: readonly { id: string; question: string; version: number; createdAt: string; citations: number }[];
  /** The number of an earlier source of the same report that says the same in nearly the same words. */
  sameAs: number | null;
}

export function SourceFacts({ source, relations: { copies, reports, sameAs } }: { source: Source; relations: SourceRelations }) {
  const hash = source.hash.replace(/.{8}(?=.)/g, "$& ");
  return (
    <div className="grid gap-5">
      <section aria-label="About this copy">
        <h2 className="mb-2 font-semibold">About this copy</h2>
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs/4.5">
          <Fact name="Address">
            {/^https?:/i.test(source.url) ? (
              <a className="underline" href={source.url} target="_blank" rel="noopener noreferrer nofollow ugc">
                {source.url.replace(/^https?:\/\//i, "")}
              </a>
            ) : (
              source.url
            )}
          </Fact>
          <Fact name="Read">
            <Moment at={source.fetchedAt} style="exact" />
          </Fact>
          <Fact name="Answer">{source.status}</Fact>
          <Fact name="Length">{source.text.length.toLocaleString("en-GB")} characters</Fact>
          <Fact name="SHA-256">
            <code>{hash}</code>
            <span className="-ml-2 block">
              <CopyButton text={source.hash} label="Copy the hash">
                Copy
              </CopyButton>
            </span>
          </Fact>
        </dl>
      </section>
      <section aria-label="Other copies">
        <h2 className="mb-1.5 font-semibold">Other copies</h2>
        {sameAs !== null && <p className="mb-1.5 text-xs/4.5 text-ink-2">Nearly the same text as source {sameAs}: the two count once.</p>}
        {copies.length === 0 ? (
          <p className="text-xs/4.5 text-ink-3">This text was read once.</p>
        ) : (
          <>
            <p className="mb-1.5 text-xs/4.5 text-ink-3">The same text, by its hash, was read {count(copies.length, "other time")}.</p>
            <ul className="grid gap-1.5 text-xs/4.5">
              {copies.map(({ id, url, fetchedAt }) => (
                <li key={id} className="[overflow-wrap:anywhere]">
                  <Link className="underline" href={`/sources/${id}`}>
                    <Moment at={fetchedAt} />
                  </Link>
                  {url !== source.url && <span className="text-ink-3"> {url}</span>}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-label="Other reports citing this">
        <h2 className="mb-1.5 font-semibold">Other reports citing this</h2>
        {reports.length === 0 ? (
          <p className="text-xs/4.5 text-ink-3">None.</p>
        ) : (
          <ul className="grid gap-2">
            {reports.map(({ id, question, version, createdAt, citations }) => (
              <li key={id}>
                <Link className="line-clamp-2 underline [overflow-wrap:anywhere]" href={`/reports/${id}`}>
                  {question}
                </Link>
                <span className="text-xs/4.5 text-ink-3 tabular-nums">
                  <Moment at={createdAt} style="day" />, version {version}, {count(citations, "citation")}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="[overflow-wrap:anywhere] tabular-nums">{children}</dd>
    </>
  );
}
