import type { Event, EventOf } from "#lib/domain/event.ts";
import type { FailureReason } from "#lib/domain/outcome.ts";
import type { Source } from "#lib/domain/source.ts";
import type { Paper, SearchHit } from "#lib/domain/tool-details.ts";
import type { PageRead } from "#lib/tools/tool.ts";

export type RecordedPage = { ok: true; page: PageRead } | { ok: false; reason: FailureReason; detail: string };

/** A call that was made and what it came to. */
export interface RecordedCall {
  tool: string;
  arguments: Record<string, unknown>;
  returned: EventOf<"tool-returned">;
}

/** The world as a run met it: what each of its calls came to, and what each query, each address had. */
export interface Recording {
  calls: readonly RecordedCall[];
  hits: ReadonlyMap<string, readonly SearchHit[]>;
  papers: ReadonlyMap<string, readonly Paper[]>;
  pages: ReadonlyMap<string, RecordedPage>;
  sources: ReadonlyMap<string, Source>;
}

/** Reads the recording out of a run's log and the pages it stored: a log is one already. */
export function recordingOf(events: readonly Event[], sources: readonly Source[]): Recording {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const hits = new Map<string, readonly SearchHit[]>();
  const papers = new Map<string, readonly Paper[]>();
  const pages = new Map<string, RecordedPage>();
  const calls = callsIn(events);
  for (const { details } of calls.map((call) => call.returned)) {
    if (details.kind === "search") for (const each of details.queries) hits.set(each.query, each.hits);
    if (details.kind === "scholar") for (const each of details.queries) papers.set(each.query, each.papers);
    if (details.kind === "visit") for (const page of details.pages) pages.set(page.url, recordedPage(page, byId));
  }
  return { calls, hits, papers, pages, sources: byId };
}

/** The calls of a log that returned, in the order of their returns. */
export function callsIn(events: readonly Event[]): RecordedCall[] {
  const asked = new Map<string, EventOf<"tool-called">>();
  return events.flatMap((event) => {
    if (event.type === "tool-called") asked.set(event.callId, event);
    const call = event.type === "tool-returned" ? asked.get(event.callId) : undefined;
    return event.type === "tool-returned" && call ? [{ tool: call.tool, arguments: call.arguments, returned: event }] : [];
  });
}

type VisitedPage = Extract<EventOf<"tool-returned">["details"], { kind: "visit" }>["pages"][number];

function recordedPage(page: VisitedPage, sources: ReadonlyMap<string, Source>): RecordedPage {
  const source = page.sourceId ? sources.get(page.sourceId) : undefined;
  if (source) return { ok: true, page: pageOf(source, page.url) };
  return { ok: false, reason: page.failure ?? "not-recorded", detail: page.detail ?? "it could not be read in the recorded run" };
}

/** A stored source as the page it was read from. */
export const pageOf = (source: Source, requestedUrl = source.url): PageRead => ({
  requestedUrl,
  url: source.url,
  title: source.title,
  site: source.site,
  text: source.text,
  status: source.status,
  fetchedAt: source.fetchedAt,
});
