import postgres, { type Sql } from "postgres";

/** The connections of one process. The queue has a pool of its own; the listener keeps one connection that is never pooled away. */
export interface Database {
  sql: Sql;
  queue: Sql;
  listener: Sql;
  end(): Promise<void>;
}

/** Opens the pools of a process. Nothing connects before the first query. */
export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const open = (max: number) =>
    postgres(url, { max, onnotice: () => {}, connect_timeout: 10, connection: { application_name: "dossier" } });
  const sql = open(options.connections ?? 8);
  const queue = open(4);
  const listener = postgres(url, { max: 1, idle_timeout: 0, max_lifetime: null, onnotice: () => {} });
  return {
    sql,
    queue,
    listener,
    async end() {
      await Promise.all([sql, queue, listener].map((client) => client.end({ timeout: 2 })));
    },
  };
}
