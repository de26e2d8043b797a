import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import type { Place } from "./place.ts";
import { runAs } from "./run-as.ts";

const careless = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/** Starts the server of a cluster and waits until it answers. Hands back undefined, or what the server says about why it did not start. */
export async function startServer({ account, binDir, clusterDir }: Place, durable: boolean): Promise<string | undefined> {
  const log = join(clusterDir, "server.log");
  const before = existsSync(log) ? readFileSync(log, "utf8").length : 0;
  const options = `-p ${await freePort()} ${durable ? "" : careless}`;
  const ended = await runAs(account, join(binDir, "pg_ctl"), ["start", "-w", "-t", "60", "-D", clusterDir, "-l", log, "-o", options]);
  if (ended.code === 0) return undefined;
  const said = existsSync(log) ? readFileSync(log, "utf8").slice(before).split("\n") : [];
  const fatal = said.find((line) => /\b(FATAL|PANIC):/.test(line));
  return fatal?.replace(/^.*?\b(?:FATAL|PANIC):\s*/, "") ?? ended.output.split("\n")[0] ?? "it did not say why";
}
