import { env } from "#lib/env.ts";
import { type Database, openDatabase } from "./client.ts";

const held = globalThis as { dossierDatabase?: Database };

/** The connections of this process, opened on first use. On `globalThis`, because Next bundles a route apart from the next one. */
export function database(): Database {
  if (held.dossierDatabase) return held.dossierDatabase;
  const url = env().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start Dossier with `npm start`, which starts a database where none is given");
  held.dossierDatabase = openDatabase(url);
  return held.dossierDatabase;
}
