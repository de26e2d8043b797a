import type { Sql } from "postgres";

/** A page that a run wanted and did not get. */
export interface UnreadPage {
  url: string;
  site: string;
  reason: string;
}

/** The pages that a run could not read, in the order in which it tried, each once; those that it read at another try are not among them. */
export async function unreadPages(sql: Sql, runId: string): Promise<UnreadPage[]> {
  const rows = await sql<UnreadPage[]>`
    select distinct on (page->>'url') page->>'url' as url, coalesce(page->>'site', '') as site, page->>'failure' as reason, seq
    from events, jsonb_array_elements(data->'details'->'pages') as page
    where run_id = ${runId} and type = 'tool-returned' and data->'details'->>'kind' = 'visit'
      and page->>'failure' is not null and page->>'sourceId' is null
      and not exists (
        select 1 from sources where sources.run_id = ${runId} and (sources.url = page->>'url' or sources.requested_url = page->>'url'))
    order by page->>'url', seq`;
  return rows.map(({ url, site, reason }) => ({ url, site, reason }));
}
