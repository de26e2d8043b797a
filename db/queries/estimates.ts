import type { Sql } from "postgres";
import type { PastRun } from "#lib/domain/estimate.ts";

/** Runs of each mode that an estimate is made from. */
const mostOfEach = 40;
/** How many of the last done runs are looked at. It bounds the query on a server whose model was changed, where few of many are of this one. */
const mostLookedAt = 200;

/**
 * What the last runs took that answered with this model: of the whole server, since its model and its speed are everybody's. Null: runs
 * without a model. Replays are left out, since their tools answer at once, and reports that were
 * written again, since nothing was researched for them.
 *
 * The runs come newest first out of a partial index of the done ones, and the first two events of each by the log's primary key: what this
 * costs depends on `mostLookedAt`, never on how many runs or events there are.
 */
export async function pastRuns(sql: Sql, modelName: string | null): Promise<PastRun[]> {
  return sql<PastRun[]>`
    select lanes, minutes, tokens from (
      select (heavy->>'lanes')::int as lanes,
        extract(epoch from done.ended_at - started.at)::float8 / 60 as minutes,
        coalesce((usage->>'promptTokens')::float8, 0) + coalesce((usage->>'completionTokens')::float8, 0) as tokens,
        row_number() over (partition by heavy is null order by done.ended_at desc) as place
      from (select id, heavy, usage, ended_at from runs where status = 'done' and rewrites is null order by ended_at desc limit ${mostLookedAt}) done
      join events queued on queued.run_id = done.id and queued.seq = 1 and queued.data->'replayOf' is null
      cross join lateral (
        select at, data from events where run_id = done.id and type = 'run-started' order by seq limit 1
      ) started
      where started.data->'model'->>'name' is not distinct from ${modelName}
    ) past
    where place <= ${mostOfEach}`;
}
