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

/** The anchor of the table beside a report. */
export const agreementAnchor = "where-the-lanes-agree";

/** The anchor of the table among the runs of a session. */
export const agreementAnchorOf = (runId: string) => `${agreementAnchor}-${runId}`;

export const inSession = (runId: string): ComparisonPlace => ({
  laneHref: (lane) => `#${laneId(runId, lane)}`,
  sourceHref: ({ id }) => `/sources/${id}`,
  numberOf: ({ n }) => n,
});

/** Beside a report its own numbers count: those of the cited sources. */
export function inReport({ id, runId, sessionId, sources }: Pick<Report, "id" | "runId" | "sessionId" | "sources">): ComparisonPlace {
  const numbers = new Map(sources.map((source, index) => [source.id, index + 1]));
  return {
    laneHref: (lane) => `/sessions/${sessionId}#${laneId(runId, lane)}`,
    sourceHref: (source) => `/sources/${source.id}?report=${id}`,
    numberOf: (source) => numbers.get(source.id) ?? null,
  };
}
