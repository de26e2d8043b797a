import type { Event, EventOf } from "#lib/domain/event.ts";
import type { FailureReason } from "#lib/domain/outcome.ts";
import type { Source } from "#lib/domain/source.ts";
import type { Paper, SearchHit } from "#lib/domain/tool-details.ts";
import type { PageRead } from "#lib/tools/tool.ts";

type Failed = { ok: false; reason: FailureReason; detail: string };
export type Recorded<Value> = { ok: true; value: Value } | Failed;

/** A call that was made and what it came to. */
export interface RecordedCall {
  tool: string;
  arguments: Record<string, unknown>;
  returned: EventOf<"tool-returned">;
}

/** The world as a run met it: what each of its calls came to, and what each query, each address had. */
export interface Recording {
  calls: readonly RecordedCall[];
  hits: ReadonlyMap<string, Recorded<SearchHit[]>>;
  papers: ReadonlyMap<string, Recorded<Paper[]>>;
  pages: ReadonlyMap<string, Recorded<PageRead>>;
  sources: ReadonlyMap<string, Source>;
  /** The tools that it was offered, or that it called. */
  tools: ReadonlySet<string>;
}

/** Reads the recording out of a run's log and the pages it stored: a log is one already. */
export function recordingOf(events: readonly Event[], sources: readonly Source[]): Recording {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const hits = new Map<string, Recorded<SearchHit[]>>();
  const papers = new Map<string, Recorded<Paper[]>>();
  const pages = new Map<string, Recorded<PageRead>>();
  const calls = callsIn(events);
  for (const { details } of calls.map((call) => call.returned)) {
    if (details.kind === "search") for (const each of details.queries) keep(hits, each.query, found(each, each.hits));
    if (details.kind === "scholar") for (const each of details.queries) keep(papers, each.query, found(each, each.papers));
    if (details.kind === "visit") for (const page of details.pages) keep(pages, page.url, recordedPage(page, byId));
  }
  const offered = events.find((event) => event.type === "run-started")?.tools ?? [];
  const tools = new Set([...offered, ...calls.map((call) => call.tool)]);
  return { calls, hits, papers, pages, sources: byId, tools };
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

/** The newest answer; but what failed does not take the place of what came. */
function keep<Value>(kept: Map<string, Recorded<Value>>, key: string, recorded: Recorded<Value>): void {
  if (recorded.ok || !kept.get(key)?.ok) kept.set(key, recorded);
}

/** To find nothing is an answer of the world; an outage stays one. */
function found<Item>(query: { failure?: FailureReason | undefined }, items: Item[]): Recorded<Item[]> {
  if (!query.failure || query.failure === "no-results") return { ok: true, value: items };
  return { ok: false, reason: query.failure, detail: "as in the recorded run" };
}

function recordedPage(page: VisitedPage, sources: ReadonlyMap<string, Source>): Recorded<PageRead> {
  const source = page.sourceId ? sources.get(page.sourceId) : undefined;
  if (source) return { ok: true, value: pageOf(source, page.url) };
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
