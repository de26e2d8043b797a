import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";

/** A Postgres of a bench's own with our schema; `house` ends and removes it. */
export async function openDatabaseFor(house: AsyncDisposableStack): Promise<{ url: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-bench-"));
  await chmod(dataDir, 0o755); // as root, Postgres runs as another user, who has to reach it
  house.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startEmbedded({ dataDir });
  house.defer(() => postgres.stop());
  await migrateDatabase(postgres.url);
  return { url: postgres.url };
}
