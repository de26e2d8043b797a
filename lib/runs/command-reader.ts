import type { Database } from "#db/client.ts";
import { type Command, commandsAfter } from "#db/queries/commands.ts";

type Handler = (command: Command) => Promise<void>;

export interface CommandReader {
  /** Hands the commands of a run to `handler` in the order they were given, those that wait already at once. Returns what ends it. */
  listen(runId: string, handler: Handler): () => void;
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
  const runs = new Map<string, Listening>();
  let reading = Promise.resolve();

  async function read(runIds: string[]): Promise<void> {
    const cursors = runIds.flatMap((runId) => {
      const run = runs.get(runId);
      return run ? [{ runId, id: run.last }] : [];
    });
    if (cursors.length === 0) return;
    for (const command of await commandsAfter(db.sql, cursors)) {
      const run = runs.get(command.runId);
      if (!run || command.id <= run.last) continue;
      run.last = command.id;
      run.turn = run.turn.then(() => run.handler(command)).catch(() => {}); // fenced or ended: the run's own signal tells it
    }
  }
  const look = (runId?: string) => {
    const wanted = () => (runId === undefined ? [...runs.keys()] : [runId]).filter((id) => runs.has(id));
    reading = reading.then(() => read(wanted())).catch(() => {}); // an outage: looked for again in a second
  };
  return {
    listen(runId, handler) {
      const mine: Listening = { last: 0, handler, turn: Promise.resolve() };
      runs.set(runId, mine);
      look(runId);
      return () => {
        // An older claim of the same run must not take away what the newer one listens with.
        if (runs.get(runId) === mine) runs.delete(runId);
      };
    },
    look,
  };
}
