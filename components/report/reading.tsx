"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";

export type ReportFacts = Pick<Report, "id" | "citations" | "sources" | "readOnly">;
export interface OpenCard {
  index: number;
  /** pressed: the reader opened it and the focus goes in. shown: it came by pointing or by focus, and goes by itself. */
  by: "pressed" | "shown";
}

interface Reading {
  report: ReportFacts;
  /** The claim that the reader is at, as the place of its citation. */
  current: number | null;
  filter: CitationStatus | null;
  card: OpenCard | null;
  select: (index: number | null) => void;
  setFilter: (filter: CitationStatus | null) => void;
  setCard: (card: OpenCard | null) => void;
}

const ReadingContext = createContext<Reading | null>(null);

/** Where a reader is in a report: shared by the text, the card and the ledger. */
export function ReadingProvider({ report, children }: { report: ReportFacts; children: ReactNode }) {
  const [current, setCurrent] = useState<number | null>(null);
  const [filter, setFilter] = useState<CitationStatus | null>(null);
  const [card, setCard] = useState<OpenCard | null>(null);
  const reading = useMemo(() => {
    const select = (index: number | null) => {
      setCurrent(index);
      showCurrent(index);
    };
    return { report, current, filter, card, select, setFilter, setCard };
  }, [report, current, filter, card]);

  // An address that ends in a mark, as the way back from a source does, is where the reader is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens
  useEffect(() => {
    const place = Number(/^#c(\d+)$/.exec(window.location.hash)?.[1]) - 1;
    if (report.citations[place]) reading.select(place);
  }, []);

  return <ReadingContext value={reading}>{children}</ReadingContext>;
}

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (!reading) throw new Error("useReading needs a ReadingProvider above it");
  return reading;
}

export const markOf = (index: number) => document.querySelector<HTMLElement>(`[data-citation="${index}"]`);
export const sourceOf = (report: ReportFacts, citation: Citation): SourceRef | undefined =>
  report.sources.find((source) => source.id === citation.sourceId);

/** The text is HTML from the server, which React leaves alone: the mark of the current claim is set by hand. */
function showCurrent(index: number | null): void {
  for (const mark of document.querySelectorAll("[data-citation][aria-current]")) mark.removeAttribute("aria-current");
  if (index === null) return;
  const mark = markOf(index);
  mark?.setAttribute("aria-current", "true");
  mark?.scrollIntoView({ block: "nearest" });
  requestAnimationFrame(() => {
    for (const row of document.querySelectorAll(`[data-claim="${index}"]`)) row.scrollIntoView({ block: "nearest" });
  });
}
