import type { SourceRef } from "#lib/domain/source.ts";

/** On paper there is no ledger: the cited sources stand at the end. */
export function PrintedSources({ sources }: { sources: readonly SourceRef[] }) {
  if (sources.length === 0) return null;
  return (
    <section className="mt-8 hidden border-t border-line pt-4 print:block" aria-label="Sources">
      <h2 className="font-serif text-h3">Sources</h2>
      <ol className="mt-2 grid gap-1">
        {sources.map((source, index) => (
          <li key={source.id}>
            {index + 1}. {source.title || source.url}. {source.site}, {source.url}, read {source.fetchedAt.slice(0, 10)}.
          </li>
        ))}
      </ol>
    </section>
  );
}
