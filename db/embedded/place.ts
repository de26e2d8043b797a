import { randomBytes } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { explainFolder } from "./explain-folder.ts";
import { linkLibraries } from "./link-libraries.ts";
import { nativeFolder } from "./native-folder.ts";
import { type Account, runAs } from "./run-as.ts";

/** Where a data folder's Postgres lives and who runs it. */
export interface Place {
  account: Account | undefined;
  binDir: string;
  clusterDir: string;
}

// "nobody" on Linux and the BSDs; Postgres refuses to run as root, and no user has to be created for this one.
const nobody: Account = { uid: 65_534, gid: 65_534 };
// Where root keeps what `nobody` must reach when the project lies in a folder nobody else may enter, such as /root.
const reachable = "/var/lib/dossier";

/**
 * Settles where the server of `dataDir` keeps its data (`pg18` inside it) and which programs it runs. As root, Postgres runs as another
 * user; where that user cannot get into the project, the programs are copied and `pg18` becomes a link to a folder it can reach.
 * Throws one line when the folder cannot be used.
 */
export async function placeOf(dataDir: string): Promise<Place> {
  const nativeDir = nativeFolder();
  linkLibraries(nativeDir);
  const path = join(dataDir, "pg18");
  try {
    makeFolder(dataDir);
    if (process.getuid?.() !== 0) return { account: undefined, binDir: join(nativeDir, "bin"), clusterDir: followed(path) };
    if (!existsSync(path) && !isLink(path) && !(await canEnter(nobody, dataDir))) linkElsewhere(path);
    const clusterDir = followed(path);
    makeFolder(dirname(clusterDir));
    const account = ownerOf(clusterDir);
    if (!(await canEnter(account, dirname(clusterDir)))) throw new Error(`the user ${account.uid}, who runs Postgres, may not enter it`);
    return { account, binDir: join(await runnable(nativeDir, account), "bin"), clusterDir };
  } catch (error) {
    throw explainFolder(dataDir, error);
  }
}

/** Node's own `recursive` never returns where the system refuses with ENOENT, as in /proc (seen on 26.10). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** An existing data folder keeps its owner, so that root may start what an ordinary user created; root's own is given to `nobody`. */
function ownerOf(clusterDir: string): Account {
  if (!existsSync(clusterDir)) return nobody;
  const { uid, gid } = statSync(clusterDir);
  if (uid !== 0) return { uid, gid };
  giveTo(nobody, clusterDir);
  return nobody;
}

function giveTo(account: Account, path: string): void {
  chownSync(path, account.uid, account.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveTo(account, join(path, name));
}

async function canEnter(account: Account, folder: string): Promise<boolean> {
  return (await runAs(account, "/bin/sh", ["-c", 'cd "$1"', "sh", folder])).code === 0;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function followed(path: string): string {
  return isLink(path) ? readlinkSync(path) : path;
}

/** The name is drawn by lot: who deletes the data folder wants an empty database, not the one an earlier folder had left behind. */
function linkElsewhere(path: string): void {
  try {
    symlinkSync(join(reachable, randomBytes(6).toString("hex"), "pg18"), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** The folder of programs itself where the account can run them, else a copy under `/var/lib`, made once per version. */
async function runnable(nativeDir: string, account: Account): Promise<string> {
  if ((await runAs(account, join(nativeDir, "bin", "postgres"), ["--version"])).code === 0) return nativeDir;
  const version = (await runAs(undefined, join(nativeDir, "bin", "pg_ctl"), ["--version"])).output.split(" ").at(-1);
  const copy = join(reachable, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const temporary = `${copy}.${process.pid}`;
  cpSync(nativeDir, temporary, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(temporary, copy);
  } catch (error) {
    rmSync(temporary, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
