import Link from "next/link";
import { StatusTag } from "#components/report/status-tag.tsx";
import type { CitedPlace } from "./cited-places.ts";
import { splitText } from "./split-text.ts";

interface SourceTextProps {
  text: string;
  places: readonly CitedPlace[];
  /** The place that the page opens at. */
  first: number | null;
  reportId: string | null;
}

/** The stored copy as text: never as the page's own markup. Before each cited place stands what cites it. */
export function SourceText({ text, places, first, reportId }: SourceTextProps) {
  const blocks = splitText(text, places);
  const begins = places.map((_, place) => blocks.findIndex(({ parts }) => parts.some((part) => part.place === place)));
  return (
    <article className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-3.75 font-serif text-[1.0625rem]/7 [overflow-wrap:anywhere]">
      {blocks.map((block, at) => (
        <div key={block.start} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
          {places.map(
            (place, index) =>
              reportId !== null &&
              begins[index] === at &&
              // biome-ignore lint/suspicious/noArrayIndexKey: a place is its order in the text
              place.claims.length > 0 && <CitedBy key={index} place={place} reportId={reportId} />,
          )}
          <p className={block.heading ? "text-h3 font-semibold" : "whitespace-pre-wrap"}>
            {block.parts.map((part, index) => {
              const words = block.heading && index === 0 && part.place === null ? part.text.replace(/^#+\s/, "") : part.text;
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored text never change
              if (part.place === null) return <span key={index}>{words}</span>;
              const isBeginning = begins[part.place] === at;
              return (
                <mark
                  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored text never change
                  key={index}
                  id={isBeginning && part.place === first ? "passage" : undefined}
                  data-place={isBeginning ? part.place : undefined}
                  className="scroll-my-32"
                >
                  {words}
                </mark>
              );
            })}
          </p>
        </div>
      ))}
      {blocks.length === 0 && <p className="font-sans text-sm text-ink-2">The stored copy has no text.</p>}
    </article>
  );
}

/** The sentences of the report that cite what follows, with the way back to each. */
function CitedBy({ place, reportId }: { place: CitedPlace; reportId: string }) {
  return (
    <ul className="grid gap-1 border-l-2 border-line-strong pl-3 font-sans text-xs/5 text-ink-2" data-screen>
      {place.claims.map(({ index, claim, status }) => (
        <li key={index} className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <StatusTag status={status} />
          <span className="line-clamp-2 min-w-0 flex-[1_1_14rem]">Cited by “{claim}”</span>
          <Link className="underline pointer-coarse:py-2" href={`/reports/${reportId}#c${index + 1}`}>
            Back to the sentence
          </Link>
        </li>
      ))}
    </ul>
  );
}
