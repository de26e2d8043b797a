import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { explainFolder } from "./explain-folder.ts";
import { initialise } from "./initialise.ts";
import { isAlive } from "./is-alive.ts";
import type { Place } from "./place.ts";

/** The file inside the cluster that holds the password of its one user. */
export const passwordFile = "dossier.password";

/**
 * Creates the cluster where there is none. It is made beside its place and moved there in one step, so that any number of processes may
 * try at once and a half-made one is never seen: the losers of the race drop theirs. Throws one line.
 */
export async function createCluster(place: Place): Promise<void> {
  const { account, clusterDir } = place;
  if (isCluster(clusterDir)) return;
  const temporary = `${clusterDir}.init-${process.pid}-${randomBytes(3).toString("hex")}`;
  const secret = `${temporary}.password`;
  try {
    if (existsSync(clusterDir) && readdirSync(clusterDir).length > 0) throw new Error("it holds files but is no Postgres data folder");
    dropAbandoned(clusterDir);
    mkdirSync(temporary, { mode: 0o700 });
    writeFileSync(secret, randomBytes(24).toString("hex"), { mode: 0o600 });
    if (account) for (const path of [temporary, secret]) chownSync(path, account.uid, account.gid);
  } catch (error) {
    throw explainFolder(clusterDir, error);
  }
  try {
    await initialise(place, temporary, secret);
    renameSync(secret, join(temporary, passwordFile));
    renameSync(temporary, clusterDir);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    rmSync(secret, { force: true });
    if (!isCluster(clusterDir)) throw error;
  }
}

function isCluster(folder: string): boolean {
  return existsSync(join(folder, "PG_VERSION"));
}

/** Removes what processes that were killed in the middle of it left beside the cluster. */
function dropAbandoned(clusterDir: string): void {
  const prefix = `${basename(clusterDir)}.init-`;
  for (const name of readdirSync(dirname(clusterDir))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    rmSync(join(dirname(clusterDir), name), { recursive: true, force: true });
  }
}
