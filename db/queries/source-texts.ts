import type { Sql } from "postgres";

/** The stored texts of some sources, by id. */
export async function sourceTexts(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; text: string }[]>`select id, text from sources where id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, text }) => [id, text]));
}
