import { isWrittenAnew } from "./is-written-anew.ts";
import { Markdown } from "./report-markdown.tsx";

/** The later version with what was added underlined and what went struck. */
export function ChangedReport({ before, after }: { before: string; after: string }) {
  if (before.trim() === after.trim()) return <p className="mt-6 text-ink-2">The text of both versions is the same.</p>;
  const anew = isWrittenAnew(before, after);
  return (
    <>
      {anew && (
        <p className="mt-6 rounded-panel bg-sunken px-4 py-3 text-ink-2">
          The later version has few words of the earlier one: single changes are not marked. Below it stands whole.
        </p>
      )}
      <article className="prose changed mt-6">
        <Markdown before={anew ? null : before}>{after}</Markdown>
      </article>
    </>
  );
}
