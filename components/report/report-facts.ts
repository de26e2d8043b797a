import type { PackedView } from "#lib/domain/packed-view.ts";
import type { PassageContext } from "#lib/domain/passage-context.ts";
import type { Report, Rewrite } from "#lib/domain/report.ts";

/** A version of the report, as the list of versions shows it. */
export interface VersionFacts {
  id: string;
  version: number;
  createdAt: string;
  model: string | null;
  rewrite: Rewrite | null;
  citations: number;
}

/** A page that the run wanted and did not get. */
export interface UnreadPage {
  url: string;
  site: string;
  reason: string;
}

/** What the tools beside a report know of it: the report without its text, and what was found out about it. */
export interface ReportFacts
  extends Pick<Report, "id" | "runId" | "sessionId" | "version" | "kind" | "question" | "citations" | "sources" | "readOnly" | "judge"> {
  /** What stands around the passage of each citation, in their order. */
  contexts: readonly PassageContext[];
  /** Sentences that state something and cite nothing. */
  uncited: readonly string[];
  unread: readonly UnreadPage[];
  /** Oldest first; this one is among them. */
  versions: readonly VersionFacts[];
  /** Models that can write the report again; empty where none is connected. */
  writers: readonly string[];
  /** The run that writes the next version, while it works. */
  rewriting: { runId: string; view: PackedView } | null;
}
