import type { Database } from "#db/client.ts";
import { type Command, commandsAfter } from "#db/queries/commands.ts";

type Handler = (command: Command) => Promise<void>;

export interface CommandReader {
  /**
   * Hands the commands of a run to `handler` in the order they were given, those that wait already at once: `told` resolves when it had them, or when
   * they could not be read. `leave` ends it.
   */
  listen(runId: string, handler: Handler): { told: Promise<void>; leave: () => void };
  /** There may be something to read for this run, or for any. */
  look(runId?: string): void;
}

interface Listening {
  last: number;
  handler: Handler;
  turn: Promise<void>;
}

/**
 * The commands of all runs of a worker. A NOTIFY only says that there is something to read, and may be lost: so all are looked for now
 * and then, with one query for all of them.
 */
export function commandReader(db: Database): CommandReader {
  /** A claim that another one came after, in the same worker, listens until it has ended: it is told of the pause that ended it. */
  const runs = new Map<string, Set<Listening>>();
  let reading = Promise.resolve();

  async function read(runIds: string[]): Promise<void> {
    const cursors = runIds.flatMap((runId) => {
      const claims = runs.get(runId);
      return claims ? [{ runId, id: Math.min(...[...claims].map(({ last }) => last)) }] : [];
    });
    if (cursors.length === 0) return;
    for (const command of await commandsAfter(db.sql, cursors)) {
      for (const claim of runs.get(command.runId) ?? []) {
        if (command.id <= claim.last) continue;
        claim.last = command.id;
        claim.turn = claim.turn.then(() => claim.handler(command)).catch(() => {}); // fenced or ended: the run's own signal tells it
      }
    }
  }
  const look = (runId?: string) => {
    const wanted = () => (runId === undefined ? [...runs.keys()] : [runId]).filter((id) => runs.has(id));
    reading = reading.then(() => read(wanted())).catch(() => {}); // an outage: looked for again in a second
    return reading;
  };
  return {
    listen(runId, handler) {
      const mine: Listening = { last: 0, handler, turn: Promise.resolve() };
      const claims = runs.get(runId) ?? new Set();
      runs.set(runId, claims.add(mine));
      const told = look(runId).then(() => mine.turn);
      const leave = () => {
        claims.delete(mine);
        if (claims.size === 0 && runs.get(runId) === claims) runs.delete(runId);
      };
      return { told, leave };
    },
    look,
  };
}
