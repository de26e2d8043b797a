import type { Sql } from "postgres";

/** The stored answers of tools. A value is JSON as text; what is older than its lifetime is not there any more. */
export const toolCache = (sql: Sql) => ({
  async get(key: string): Promise<string | null> {
    const [row] = await sql<{ value: string }[]>`select value from tool_cache where key = ${key} and expires_at > now()`;
    return row?.value ?? null;
  },
  async put(entry: { key: string; tool: string; value: string; lifetimeMs: number }): Promise<void> {
    const { key, tool, value, lifetimeMs } = entry;
    await sql`
      insert into tool_cache (key, tool, value, expires_at) values (${key}, ${tool}, ${value}, now() + ${lifetimeMs} * interval '1 ms')
      on conflict (key) do update set value = excluded.value, created_at = now(), expires_at = excluded.expires_at`;
  },
});

/** Makes room: entries whose time has passed go. */
export async function forgetExpired(sql: Sql): Promise<void> {
  await sql`delete from tool_cache where expires_at <= now()`;
}
