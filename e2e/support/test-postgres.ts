import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import postgres, { type Sql } from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";

/**
 * A real Postgres for the tests, with a migrated template that `testDatabase` copies; `url` names the template. Test runs side by side
 * share one server and one template, and the last to end stops the server.
 */
export async function startTestPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = await startEmbedded({ dataDir: fileURLToPath(new URL("../../.data/test", import.meta.url)), durable: false });
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    if (server.startedHere) await dropLeftovers(admin);
    return { url: await template(admin, server.url), stop: server.stop };
  } finally {
    await admin.end({ timeout: 2 });
  }
}

/** The databases of test runs that were killed. Called only when nobody else can be using the server. */
async function dropLeftovers(admin: Sql): Promise<void> {
  const names = await admin`select datname from pg_database where datname like 'test\\_%'`;
  for (const { datname } of names) await admin.unsafe(`drop database "${datname}" with (force)`);
}

/** Named after its migrations and given its name only when it is complete. */
async function template(admin: Sql, serverUrl: string): Promise<string> {
  const journal = readFileSync(new URL("../../db/migrations/meta/_journal.json", import.meta.url));
  const { entries }: { entries: { tag: string }[] } = JSON.parse(journal.toString());
  const hash = createHash("sha256");
  for (const { tag } of entries) hash.update(readFileSync(new URL(`../../db/migrations/${tag}.sql`, import.meta.url)));
  const name = `template_${hash.digest("hex").slice(0, 12)}`;
  const url = (database: string) => Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
  await admin`select pg_advisory_lock(hashtextextended('dossier:template', 0))`;
  const [found] = await admin`select 1 from pg_database where datname = ${name}`;
  if (found) return url(name);
  await admin.unsafe(`drop database if exists unfinished with (force)`);
  await admin.unsafe(`create database unfinished`);
  await migrateDatabase(url("unfinished"));
  await admin.unsafe(`alter database unfinished rename to ${name}`);
  return url(name);
}
