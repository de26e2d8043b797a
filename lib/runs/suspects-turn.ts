import type { Sql } from "postgres";
import { wait } from "#lib/std/wait.ts";

const lookEveryMs = 500;

/**
 * Waits until no other run is on its last start, and gives what ends this one's turn. A run that kills its worker takes down those beside it,
 * again and again; because the last starts come one at a time, only the one that kills has nobody else to blame. A turn ends by itself with the
 * connection that holds it. Rejects with the signal's reason when it aborts first.
 */
export async function suspectsTurn(sql: Sql, signal: AbortSignal): Promise<() => void> {
  const line = await sql.reserve();
  try {
    for (;;) {
      const [row] = await line<{ taken: boolean }[]>`select pg_try_advisory_lock(hashtextextended('last starts', 0)) as taken`;
      if (row?.taken) break;
      await wait(lookEveryMs, signal);
    }
  } catch (error) {
    line.release();
    throw error;
  }
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    void line`select pg_advisory_unlock(hashtextextended('last starts', 0))`.catch(() => {}).finally(() => line.release());
  };
}
