import { count } from "#components/trace/count.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import type { Comparison } from "#lib/domain/comparison.ts";
import { independentSources } from "#lib/domain/independent-sources.ts";
import { AgreementTable } from "./agreement-table.tsx";
import type { ComparisonPlace } from "./comparison-place.ts";
import { RestsOn } from "./rests-on.tsx";

interface AgreementProps {
  comparison: Comparison;
  place: ComparisonPlace;
  /** The built-in quoting model compares words; it judges nothing. */
  quotes: boolean;
}

/** Where the lanes agree and what that rests on, with whose word each part is. */
export function Agreement({ comparison, place, quotes }: AgreementProps) {
  if (comparison.length === 0) return <p className="px-4 py-3 text-ink-2">The synthesis named no findings to compare.</p>;
  const named = new Map(comparison.flatMap((finding) => finding.sources.map(({ source }) => [source.id, source] as const)));
  const texts = independentSources([...named.values()]).length;
  return (
    <>
      <p className="border-b border-line px-4 py-2.5 text-xs/4.5 text-pretty text-ink-2">
        {quotes
          ? "No language model compared them: a lane agrees where it quotes the same sentence, and is silent where it does not."
          : "Who agrees, and what it comes to: as the synthesis judges, not checked."}
      </p>
      <AgreementTable comparison={comparison} place={place} />
      <p className="border-t border-line px-4 py-2.5 text-xs/4.5 text-pretty text-ink-3">
        Who read which source, and which sources are copies: from the log. Copies of one text count as one; that two texts differ does not
        show that they have different origins.
      </p>
      <Disclosure
        className="border-t border-line"
        summary={
          <>
            <span className="font-medium">What each finding rests on</span>
            <span className="text-xs text-ink-3">
              {count(comparison.length, "finding")}, {count(texts, "text")}
            </span>
          </>
        }
      >
        <div className="px-4 pt-1 pb-4">
          <RestsOn comparison={comparison} place={place} />
        </div>
      </Disclosure>
    </>
  );
}
