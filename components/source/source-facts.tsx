import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { Source } from "#lib/domain/source.ts";

export function SourceFacts({ source }: { source: Source }) {
  const isWeb = /^https?:/i.test(source.url);
  const hash = source.hash.replace(/.{8}(?=.)/g, "$& ");
  return (
    <section aria-label="About this copy">
      <h2 className="mb-2 font-semibold">About this copy</h2>
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs/4.5">
        <Fact name="Address">
          {isWeb ? (
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
