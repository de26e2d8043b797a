import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/**
 * The turns of `lib/tools/policies/turns.ts` in the database, by the database's clock: each is one statement, so that of two processes
 * one is first.
 */
export const providerTurns = (sql: Sql) => ({
  async reserve(service: string, everyMs: number, withinMs: number): Promise<number | null> {
    const [row] = await sql<{ waitMs: number }[]>`
      insert into provider_pace as pace (service, next_at) values (${service}, clock_timestamp() + ${everyMs} * interval '1 ms')
      on conflict (service) do update set next_at = greatest(pace.next_at, clock_timestamp()) + ${everyMs} * interval '1 ms'
      where pace.next_at <= clock_timestamp() + ${withinMs} * interval '1 ms'
      returning greatest(0, extract(epoch from next_at - ${everyMs} * interval '1 ms' - clock_timestamp()) * 1000)::float8 as "waitMs"`;
    return row ? row.waitMs : null;
  },
  async rest(service: string, forMs: number): Promise<void> {
    await sql`
      insert into provider_pace as pace (service, next_at) values (${service}, clock_timestamp() + ${forMs} * interval '1 ms')
      on conflict (service) do update set next_at = greatest(pace.next_at, excluded.next_at)`;
  },
  async sit(service: string, seats: number, forMs: number): Promise<{ leave(): Promise<void> } | null> {
    const holder = randomUUID();
    const [row] = await sql<{ seat: number }[]>`
      insert into provider_seats as taken (service, seat, holder, until)
      select ${service}, seat, ${holder}, clock_timestamp() + ${forMs} * interval '1 ms' from (
        select seat from generate_series(1, ${seats}::int) as seat
        where not exists (select from provider_seats as other where other.service = ${service} and other.seat = seat.seat and other.until > clock_timestamp())
        order by random() limit 1
      ) as free
      on conflict (service, seat) do update set holder = excluded.holder, until = excluded.until where taken.until <= clock_timestamp()
      returning seat`;
    if (!row) return null;
    return {
      async leave() {
        await sql`delete from provider_seats where service = ${service} and seat = ${row.seat} and holder = ${holder}`;
      },
    };
  },
});
