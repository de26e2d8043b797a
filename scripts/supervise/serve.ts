import { join, resolve } from "node:path";
import { migrateDatabase } from "#db/migrate.ts";
import { parseEnv } from "#lib/env.ts";
import { Refusal } from "../refusal.ts";
import { apiTokenOf } from "./api-token.ts";
import { buildWeb } from "./build-web.ts";
import { launchAddress } from "./launch-address.ts";
import { openServer } from "./open-server.ts";
import { runTogether } from "./run-together.ts";
import type { StopRequests } from "./stop-requests.ts";

/** Settings, database, migrations, build, then web and worker until a stop is asked for. Leaves nothing running, however it ends. */
export async function serve({ dev, requests }: { dev: boolean; requests: StopRequests }): Promise<void> {
  const parsed = parseEnv(process.env);
  if (!parsed.ok) throw new Refusal(parsed.problems);
  const { env } = parsed;
  const server = await openServer(env);
  try {
    requests.stopping.throwIfAborted();
    await migrateDatabase(server.url).catch((cause) => {
      throw new Refusal(`the database could not be brought up to date (${cause.message}): its user must be able to create tables.`, {
        cause,
      });
    });
    const mode = dev ? "development" : "production";
    const { API_TOKEN: _, ...inherited } = process.env;
    const variables: NodeJS.ProcessEnv = {
      // A worker that is started again is there in half the time when its code need not be compiled again.
      NODE_COMPILE_CACHE: join(resolve(env.DATA_DIR), "compile-cache"),
      ...inherited,
      DATABASE_URL: server.url,
      NODE_ENV: mode,
      NEXT_TELEMETRY_DISABLED: "1",
    };
    if (!dev) await buildWeb(variables, requests.stopping);
    requests.stopping.throwIfAborted();
    const webVariables = { ...variables, API_TOKEN: env.API_TOKEN ?? apiTokenOf(env.DATA_DIR) };
    const launch = () => launchAddress(server.url, env);
    await runTogether({ dev, host: env.HOST, port: env.PORT, variables, webVariables, launchAddress: launch, requests });
  } finally {
    await server.stop();
    if (requests.stopping.aborted) console.log("Dossier has stopped.");
  }
}
