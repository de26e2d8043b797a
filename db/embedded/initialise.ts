import { join } from "node:path";
import type { Place } from "./place.ts";
import { runAs } from "./run-as.ts";

// LC_CTYPE decides whether Postgres sees letters outside ASCII; where the system has no C.UTF-8, Postgres brings its own.
const locales = [["--locale=C.UTF-8"], ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]];
const settings = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=200",
  "log_checkpoints=off",
  "timezone=UTC",
  "log_timezone=UTC",
];

/** Fills an empty folder with a new cluster whose one user is `dossier`. Throws one line with what `initdb` said. */
export async function initialise({ account, binDir }: Place, folder: string, passwordFile: string): Promise<void> {
  let output = "";
  for (const locale of locales) {
    const options = ["-D", folder, "-U", "dossier", "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", ...locale];
    const ended = await runAs(account, join(binDir, "initdb"), [...options, ...settings.flatMap((setting) => ["-c", setting])]);
    if (ended.code === 0) return;
    output = ended.output;
  }
  const lines = output.split("\n");
  const reason = lines.findLast((line) => line.includes("error:") || line.startsWith("initdb:")) ?? lines.at(-1);
  throw new Error(`Postgres could not be set up in ${folder} (${reason}): mend that, or set DATABASE_URL to a Postgres of your own.`);
}
