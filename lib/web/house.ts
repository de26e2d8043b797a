import "server-only";
import type { PgBoss } from "pg-boss";
import { database } from "#db/database.ts";
import { openQueue } from "#db/queue.ts";
import { type Hub, openHub } from "#lib/runs/hub.ts";
import { OpenStreams } from "./open-streams.ts";

interface House {
  hub: Promise<Hub>;
  queue: Promise<PgBoss>;
  streams: OpenStreams;
}

const held = globalThis as { dossierHouse?: Partial<House> };
const rooms = () => {
  held.dossierHouse ??= {};
  return held.dossierHouse;
};

/** What one web process has one of. On `globalThis`, because Next bundles every route apart; a failed start is tried again by the next request. */
export const house = {
  get hub(): Promise<Hub> {
    rooms().hub ??= openHub(database().sql, database().listener, () => house.streams.endAll()).catch((error: unknown) => {
      delete rooms().hub;
      throw error;
    });
    return rooms().hub as Promise<Hub>;
  },
  get queue(): Promise<PgBoss> {
    rooms().queue ??= openQueue(database().queue, "sender").catch((error: unknown) => {
      delete rooms().queue;
      throw error;
    });
    return rooms().queue as Promise<PgBoss>;
  },
  get streams(): OpenStreams {
    rooms().streams ??= new OpenStreams();
    return rooms().streams as OpenStreams;
  },
};
