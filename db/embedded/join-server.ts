import { readFileSync } from "node:fs";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { passwordFile } from "./create-cluster.ts";
import { postmasterOf } from "./postmaster.ts";

export interface Membership {
  url: string;
  /** Gives up the membership. True: nobody else has one, and nobody can get one before `end`; the server may be stopped. */
  leave(): Promise<boolean>;
  end(): Promise<void>;
}

/**
 * Joins the running server of a cluster: one connection that holds a shared lock, by which the last process to leave knows that it is
 * the last. Undefined when no server of this cluster answers; only a connection proves that, the process in `postmaster.pid` may be dead
 * or another program's. The cluster's random password keeps a stranger on that port from being taken for it.
 */
export async function joinServer(clusterDir: string): Promise<Membership | undefined> {
  const postmaster = postmasterOf(clusterDir);
  if (!postmaster) return undefined;
  const password = readFileSync(join(clusterDir, passwordFile), "utf8");
  const address = (database: string) => `postgresql://dossier:${password}@127.0.0.1:${postmaster.port}/${database}`;
  // fetch_types: its own query's failure reaches no caller, so a server that ends at that moment would end this process too (seen).
  const options = { max: 1, idle_timeout: 0, max_lifetime: null, connect_timeout: 5, fetch_types: false, onnotice: () => {} };
  const sql = postgres(address("postgres"), options);
  try {
    await sql`select pg_advisory_lock_shared(hashtextextended('dossier:member', 0))`;
    await createDatabase(sql);
  } catch {
    // Not there, still starting, or shutting down under another member's hands: to the caller all one, it looks again.
    await sql.end({ timeout: 0 });
    return undefined;
  }
  return {
    url: address("dossier"),
    async leave() {
      const [row] = await sql`select pg_advisory_unlock_shared(hashtextextended('dossier:member', 0)),
        pg_try_advisory_lock(hashtextextended('dossier:member', 0)) as last`;
      return row?.last === true;
    },
    end: () => sql.end({ timeout: 0 }),
  };
}

async function createDatabase(sql: Sql): Promise<void> {
  const [found] = await sql`select 1 from pg_database where datname = 'dossier'`;
  if (found) return;
  try {
    await sql`create database dossier`;
  } catch (error) {
    // Another process created it between the question and the answer.
    const code = (error as { code?: string }).code;
    if (code !== "42P04" && code !== "23505") throw error;
  }
}
