import { laneId } from "#components/heavy/places.ts";
import type { Report } from "#lib/domain/report.ts";
import type { SourceRef } from "#lib/domain/source.ts";

/** Where a comparison is shown: what its lanes and sources lead to, and which numbers the sources have there. */
export interface ComparisonPlace {
  laneHref: (lane: number) => string;
  sourceHref: (source: SourceRef) => string;
  /** Null: it has none here. */
  numberOf: (source: SourceRef) => number | null;
}

/** The anchor of the table, on both pages. */
export const agreementAnchor = "where-the-lanes-agree";

export const inSession: ComparisonPlace = {
  laneHref: (lane) => `#${laneId(lane)}`,
  sourceHref: ({ id }) => `/sources/${id}`,
  numberOf: ({ n }) => n,
};

/** Beside a report its own numbers count: those of the cited sources. */
export function inReport({ id, sessionId, sources }: Pick<Report, "id" | "sessionId" | "sources">): ComparisonPlace {
  const numbers = new Map(sources.map((source, index) => [source.id, index + 1]));
  return {
    laneHref: (lane) => `/sessions/${sessionId}#${laneId(lane)}`,
    sourceHref: (source) => `/sources/${source.id}?report=${id}`,
    numberOf: (source) => numbers.get(source.id) ?? null,
  };
}
