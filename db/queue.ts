import { type ConstructorOptions, type Db, PgBoss } from "pg-boss";
import type { Sql, TransactionSql } from "postgres";

export const runQueue = "runs";

/**
 * A job is handed back as often as it takes: a deploy, a crash and an outage each cost one try, and which run is hopeless is decided by its
 * log (see work.ts), not by a count here. 60 s without a heartbeat: a process that resolves the citations of a very long report is busy
 * for tens of seconds; a dead one is found by its advisory lock in one or two.
 */
const queueOptions = { heartbeatSeconds: 60, notify: true, retryLimit: 10_000, retryDelay: 1, expireInSeconds: 24 * 3600 };

type Rows = Record<string, unknown>[];

/** pg-boss wants the rows of every statement of a script, flattened. */
const flat = (result: unknown): { rows: Rows } => {
  const rows = Array.isArray(result) ? result : [];
  return { rows: (Array.isArray(rows[0]) ? rows.flat() : [...rows]) as Rows };
};

const execute = async (sql: Sql | TransactionSql, text: string, values?: unknown[]) =>
  flat(values?.length ? await sql.unsafe(text, values as never[], { prepare: true }) : await sql.unsafe(text).simple());

/** A transaction of ours as pg-boss's database: what it sends in there commits or rolls back with the rest. */
export const inTransaction = (transaction: TransactionSql): Db => ({ executeSql: (text, values) => execute(transaction, text, values) });

/** Our pool as pg-boss's database. postgres.js refuses BEGIN on a pool, so scripts that begin get a connection of their own. */
function onPool(sql: Sql, listener: Sql | undefined): Db {
  return {
    async executeSql(text, values) {
      if (!/^\s*BEGIN\b/i.test(text)) return execute(sql, text, values);
      const held = await sql.reserve();
      try {
        return await execute(held, text, values);
      } catch (error) {
        await held
          .unsafe("rollback")
          .simple()
          .catch(() => {}); // the connection may be gone; the error that matters is thrown below
        throw error;
      } finally {
        held.release();
      }
    },
    ...(listener && {
      async listen(channel: string, onNotification: (payload: string) => void, onReconnect: () => void) {
        const listening = await listener.listen(channel, onNotification, onReconnect);
        return { close: () => listening.unlisten() };
      },
    }),
  };
}

/**
 * The queue of runs: pg-boss in our own Postgres through our own driver. A sender only puts jobs in; a worker also supervises.
 * The queue's own supervision is the second net: a dead worker is found by its advisory lock within a second or two (see lib/runs/rescue.ts).
 */
export async function openQueue(sql: Sql, role: "sender" | { listener: Sql; onError: (error: Error) => void }): Promise<PgBoss> {
  const works = role !== "sender";
  const options: ConstructorOptions = {
    db: onPool(sql, works ? role.listener : undefined),
    schema: "queue",
    schedule: false,
    supervise: works,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: works,
  };
  const boss = new PgBoss(options);
  boss.on("error", works ? role.onError : () => {}); // a sender's failures reach the caller of send
  await boss.start();
  await boss.createQueue(runQueue, queueOptions);
  await boss.updateQueue(runQueue, queueOptions); // creating a queue that is there changes nothing of it
  return boss;
}
