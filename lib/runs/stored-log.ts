import type { Sql } from "postgres";
import { framedEvents } from "#lib/domain/event-frame.ts";
import { plainBytes } from "./portion.ts";
import { storedPortions } from "./stored-portions.ts";

/** The log of a run after a cursor as it stands, each event as JSON. The caller has made sure that it may be read. */
export async function storedLog(sql: Sql, runId: string, after = 0): Promise<string[]> {
  const log: string[] = [];
  for await (const portion of storedPortions(sql, runId, after)) {
    const events = portion.kind === "events" ? portion.events : framedEvents(plainBytes(portion).toString());
    for (const event of events) log.push(event.json);
  }
  return log;
}
