"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Citation } from "#lib/domain/citation.ts";
import type { SourceRef } from "#lib/domain/source.ts";
import { createReadingStore, type ReadingState, type ReadingStore } from "./reading-store.ts";
import type { ReportFacts } from "./report-facts.ts";
import { showClaim } from "./show-claim.ts";

const ReadingContext = createContext<{ report: ReportFacts; store: ReadingStore } | null>(null);

export function ReadingProvider({ report, children }: { report: ReportFacts; children: ReactNode }) {
  const [store] = useState(createReadingStore);

  // An address that ends in a mark, as the way back from a source does, is where the reader is.
  useEffect(() => {
    const place = Number(/^#c(\d+)$/.exec(window.location.hash)?.[1]) - 1;
    if (!Number.isInteger(place) || place < 0) return;
    store.set({ current: place });
    showClaim(place);
  }, [store]);

  return <ReadingContext value={{ report, store }}>{children}</ReadingContext>;
}

function useDesk() {
  const desk = useContext(ReadingContext);
  if (!desk) throw new Error("A ReadingProvider has to stand above what is read");
  return desk;
}

export const useReport = (): ReportFacts => useDesk().report;
export const useReadingStore = (): ReadingStore => useDesk().store;

/** A part of where the reader is. `select` has to return what the state holds, or a plain value. */
export function useReading<T>(select: (state: ReadingState) => T): T {
  const store = useReadingStore();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.state()),
    () => select(store.atRender()),
  );
}

/** Makes a claim the current one and brings it into view, in the text and in the ledger. */
export function selectClaim(store: ReadingStore, index: number | null): void {
  store.set({ current: index });
  showClaim(index);
}

export const sourceOf = (report: Pick<ReportFacts, "sources">, citation: Citation): SourceRef | undefined =>
  report.sources.find((source) => source.id === citation.sourceId);
