import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { z } from "zod";

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/**
 * Whether the newest migration of this version is in the database, so that a worker that is started again need not load what migrates: that
 * is a third of all the code it loads. False whenever that cannot be told.
 */
export async function isMigrated(url: string): Promise<boolean> {
  const journal = await readFile(new URL("./migrations/meta/_journal.json", import.meta.url), "utf8");
  const newest = Math.max(...journalSchema.parse(JSON.parse(journal)).entries.map((entry) => entry.when));
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const [row] = await client`select max(created_at)::text as newest from drizzle.__drizzle_migrations`;
    return Number(row?.newest ?? 0) >= newest;
  } catch {
    return false; // no such table yet, or no database: whoever migrates finds out which
  } finally {
    await client.end({ timeout: 2 });
  }
}
