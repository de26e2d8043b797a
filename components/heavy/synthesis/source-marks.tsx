import Link from "next/link";
import type { ComparedFinding } from "#lib/domain/comparison.ts";
import type { ComparisonPlace } from "./comparison-place.ts";

/** The sources of a finding by their numbers, each the way to its stored copy. */
export function SourceMarks({ finding, place }: { finding: ComparedFinding; place: ComparisonPlace }) {
  if (finding.sources.length === 0) return null;
  return (
    <ul aria-label="Sources of the finding" className="flex flex-wrap gap-1">
      {finding.sources.map(({ source }) => {
        const n = place.numberOf(source);
        return (
          <li key={source.id}>
            <Link
              href={place.sourceHref(source)}
              aria-label={n === null ? `${source.site}: ${source.title || source.url}` : `Source ${n}: ${source.title || source.url}`}
              title={source.title || source.url}
              className="inline-flex min-h-6 min-w-6 items-center justify-center rounded-mark bg-sunken px-1.5 text-xs font-medium text-ink-2 no-underline tabular-nums hover:bg-hover hover:text-accent pointer-coarse:min-h-9 pointer-coarse:min-w-9"
            >
              {n ?? source.site}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
