import postgres, { type Sql } from "postgres";
import { arrayTypes } from "./array-types.ts";
import { watchedSocket } from "./watched-socket.ts";

/** The connections of one process. The queue has a pool of its own; the listener keeps one connection that is never pooled away. */
export interface Database {
  sql: Sql;
  queue: Sql;
  listener: Sql;
  end(): Promise<void>;
}

/** How long a process waits for its database. All in milliseconds. */
export interface Patience {
  /** For a connection. */
  connectMs: number;
  /** For a statement, locks included: then the server ends it. */
  statementMs: number;
  /** For any answer on a connection on which something was sent: longer than a statement may take. */
  silentMs: number;
  /** For the next statement of a transaction: the locks of a client that vanished are free again then. */
  idleInTransactionMs: number;
  /** Until a connection that only listens, and hears nothing, is opened anew. */
  deafMs: number;
  /** At most this between two tries to connect: whoever comes back is found at once. */
  retryMs: number;
}

const patience: Patience = {
  connectMs: 10_000,
  statementMs: 12_000,
  silentMs: 15_000,
  idleInTransactionMs: 15_000,
  deafMs: 60_000,
  retryMs: 500,
};

/** Dead hosts are found by TCP: five seconds of quiet, then ten probes a second apart (Node's and libuv's own numbers). */
const keepAliveSeconds = 5;

interface OpenOptions {
  connections?: number;
  patience?: Partial<Patience>;
}

/** Opens the pools of a process. Nothing connects before the first query. */
export function openDatabase(url: string, { connections = 8, patience: given }: OpenOptions = {}): Database {
  const limits = { ...patience, ...given };
  const sql = openPool(url, connections, limits);
  const queue = openPool(url, 4, limits);
  const listener = postgres(url, { ...common({ ...limits, statementMs: 0 }), ...steady });
  return {
    sql,
    queue,
    listener,
    async end() {
      await Promise.all([sql, queue, listener].map((client) => client.end({ timeout: 2 })));
    },
  };
}

/** For work that may take minutes and that nobody waits for: TCP alone finds out that the other end is gone. */
export const openPatient = (url: string): Sql =>
  openPool(url, 2, { ...patience, statementMs: 0, idleInTransactionMs: 0, silentMs: Number.POSITIVE_INFINITY });

const steady = { max: 1, idle_timeout: 0, max_lifetime: null };

function openPool(url: string, max: number, limits: Patience): Sql {
  const open = (most: number): Sql => postgres(url, { ...common({ ...limits, deafMs: Number.POSITIVE_INFINITY }), max: most });
  const sql = open(max);
  // What is reserved is a connection beside the pool: the driver never hands out one that it has to open for it when the types of arrays are
  // known beforehand (postgres.js 3.4.9), and few reserve.
  sql.reserve = async () => {
    const line = open(1);
    return Object.assign(line, { release: () => void line.end({ timeout: 1 }) });
  };
  return sql;
}

function common({ connectMs, statementMs, silentMs, idleInTransactionMs, deafMs, retryMs }: Patience) {
  return {
    onnotice: () => {},
    fetch_types: false,
    types: arrayTypes as Record<never, never>, // known to the driver, not a part of what its callers see
    connect_timeout: connectMs / 1_000,
    keep_alive: keepAliveSeconds,
    // The driver's own grows to twenty seconds.
    backoff: (attempt: number) => ((0.5 + Math.random() / 2) * Math.min(3 ** attempt * 10, retryMs)) / 1_000,
    connection: {
      application_name: "dossier",
      ...(statementMs > 0 && { statement_timeout: statementMs }),
      ...(idleInTransactionMs > 0 && { idle_in_transaction_session_timeout: idleInTransactionMs }),
    },
    socket: watchedSocket({ silentMs, deafMs }),
  };
}
