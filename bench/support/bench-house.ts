import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import { type Dossier, startDossier } from "#e2e/support/dossier.ts";
import { findProcesses } from "./cpu.ts";

export interface BenchHouse {
  dossier: Dossier;
  sql: Sql;
  /** The processes of Dossier, Postgres among them, by what they are. */
  processes(): { worker: number[]; web: number[]; postgres: number[] };
}

/** The whole of Dossier as a user starts it, on a Postgres whose processes can be told apart. `house` ends and removes all of it. */
export async function openBenchHouse(house: AsyncDisposableStack, settings: Record<string, string>): Promise<BenchHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), "dossier-bench-"));
  await chmod(dataDir, 0o755); // as root, Postgres runs as another user, who has to reach it
  house.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startEmbedded({ dataDir });
  house.defer(() => server.stop());
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  house.defer(() => sql.end({ timeout: 1 }));
  const dossier = await startDossier({ DATABASE_URL: server.url, ...settings });
  house.defer(() => dossier.stop());
  const postmaster = findProcesses([1], dataDir);
  return {
    dossier,
    sql,
    processes: () => ({
      worker: findProcesses([process.pid], "worker/main.ts"),
      web: findProcesses([process.pid], "next"),
      postgres: postmaster,
    }),
  };
}
