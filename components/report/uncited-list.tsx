"use client";

import { useReading, useReadingStore, useReport } from "./reading.tsx";
import { showSentence } from "./show-sentence.ts";

/** More than these stand behind a press: a report of 90 kB may have hundreds, and each would be laid out for a reader who looks at claims. */
const mostBesideClaims = 12;

/** Sentences that state something and cite nothing: nobody can check them here. */
export function UncitedList() {
  const { uncited } = useReport();
  const all = useReading((state) => state.filter === "uncited") || uncited.length <= mostBesideClaims;
  const store = useReadingStore();
  const show = (sentence: string) => {
    store.set({ sheet: null });
    requestAnimationFrame(() => showSentence(sentence));
  };
  if (uncited.length === 0) return null;
  return (
    <section aria-labelledby="uncited" className="pb-6">
      <h3 id="uncited" className="pt-5 pb-1 font-medium">
        Without a citation <span className="font-normal text-ink-3 tabular-nums">{uncited.length}</span>
      </h3>
      <p className="pb-2 text-xs/4.5 text-ink-3">
        Sentences that state something and cite nothing. There is no passage to check them against.
      </p>
      <ul className="-mx-4">
        {(all ? uncited : uncited.slice(0, mostBesideClaims)).map((sentence, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its place
          <li key={place} className="border-t border-line hover:bg-hover">
            <button
              type="button"
              className="w-full px-4 py-2 text-left text-pretty text-ink-2 [overflow-wrap:anywhere]"
              onClick={() => show(sentence)}
            >
              {sentence}
            </button>
          </li>
        ))}
      </ul>
      {!all && (
        <button type="button" className="py-2 text-accent underline" onClick={() => store.set({ filter: "uncited" })}>
          Show all {uncited.length}
        </button>
      )}
    </section>
  );
}
