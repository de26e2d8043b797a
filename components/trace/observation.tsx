import { Disclosure } from "#components/ui/disclosure.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { CallView } from "#lib/domain/run-view.ts";
import type { SearchDetails, SearchHit, ToolDetails, VisitDetails } from "#lib/domain/tool-details.ts";
import { PapersFound } from "./papers-found.tsx";
import { Printed } from "./script-run.tsx";

const firstHits = 4;

/** What came back, folded to a line; opened at 320 px, with the exact text for the model one press further. */
export function Observation({ returned, summary }: { returned: NonNullable<CallView["returned"]>; summary: string }) {
  const { details, outcome } = returned;
  return (
    <Disclosure className="border-t border-line" summary={<span className="tabular-nums">{summary}</span>}>
      {details.kind !== "none" && details.kind !== "files" && (
        <ScrollRegion label="Observation" className="grid max-h-80 gap-3 px-3 pt-1 pb-3">
          <Found details={details} />
        </ScrollRegion>
      )}
      <Disclosure className="border-t border-line" summary="Show the exact text given to the model">
        <ScrollRegion label="Exact text given to the model" className="max-h-80 bg-sunken">
          <pre className="px-3 py-2.5 text-xs/4.75 whitespace-pre-wrap">{outcome.text}</pre>
        </ScrollRegion>
      </Disclosure>
    </Disclosure>
  );
}

function Found({ details }: { details: ToolDetails }) {
  switch (details.kind) {
    case "search":
      return <Hits details={details} />;
    case "scholar":
      return <PapersFound details={details} />;
    case "visit":
      return <Extracts details={details} />;
    case "python":
      return <Printed details={details} />;
    case "files":
    case "none":
      return null;
    default:
      return details satisfies never;
  }
}

function Hits({ details }: { details: SearchDetails }) {
  const hits = details.queries.flatMap((query) => query.hits);
  const once = [...new Map(hits.map((hit) => [hit.url, hit])).values()];
  const rest = once.slice(firstHits);
  if (once.length === 0) return <p className="text-ink-2">No provider found anything. The model was told; nothing is made up.</p>;
  return (
    <>
      {once.slice(0, firstHits).map((hit) => (
        <Hit key={hit.url} hit={hit} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary className="text-accent underline">Show {rest.length} more</summary>
          <div className="mt-3 grid gap-3">
            {rest.map((hit) => (
              <Hit key={hit.url} hit={hit} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  return (
    <div className="grid gap-px">
      {/^https?:/i.test(hit.url) ? (
        <a className="font-medium hover:underline" href={hit.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          {hit.title || hit.url}
        </a>
      ) : (
        <span className="font-medium">{hit.title || hit.url}</span>
      )}
      <span className="truncate text-xs text-ink-3">{hit.url}</span>
      <p className="max-w-2xl text-ink-2">{hit.snippet}</p>
    </div>
  );
}

function Extracts({ details }: { details: VisitDetails }) {
  return details.pages.map((page) => (
    <div key={page.url} className="grid gap-1">
      <p className="font-medium">{page.title || page.url}</p>
      {page.summary && <p className="max-w-2xl text-ink-2">{page.summary}</p>}
      {page.evidence && (
        <blockquote className="max-w-2xl border-l-2 border-line-strong pl-3 font-serif text-[0.9375rem]/5.75 whitespace-pre-line">
          {page.evidence}
        </blockquote>
      )}
      {!page.summary && !page.evidence && <p className="text-ink-3">{page.detail ?? "Nothing was taken from this page."}</p>}
    </div>
  ));
}
