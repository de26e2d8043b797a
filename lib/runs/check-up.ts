import type { Sql } from "postgres";
import type { CheckedPart, CheckUp } from "#lib/domain/check-up.ts";
import type { Env } from "#lib/env.ts";
import { distinctServers, serverName } from "#lib/model/doctor/shown-address.ts";
import { checkModels, mainServers, noModelName, summaryServers } from "./check-up/check-models.ts";
import { checkStorage, storageNames } from "./check-up/check-storage.ts";
import { tellSearch } from "./check-up/tell-search.ts";

/**
 * Every outside part, asked just now, all at once; never longer than about 80 s. `running` is false for a check from outside the application:
 * then nobody expects a worker. `sql` is null where no database is set.
 */
export async function checkUp(env: Env, sql: Sql | null, signal: AbortSignal, options = { running: true }): Promise<CheckUp> {
  const at = new Date().toISOString();
  const began = performance.now();
  const [models, storage] = await Promise.all([
    checkModels(env, signal),
    checkStorage(sql, { ...options, placesEach: env.WORKER_CONCURRENCY }),
  ]);
  return { at, durationMs: Math.round(performance.now() - began), parts: [...models, ...tellSearch(env), ...storage] };
}

/** The rows a check will have, so that a page can show them while it runs; what is told by the settings alone is known already. */
export function plannedParts(env: Env): (CheckedPart | Pick<CheckedPart, "group" | "name">)[] {
  const main = namesOf(mainServers(env)) ?? [noModelName];
  const summary = namesOf(summaryServers(env)) ?? [];
  return [
    ...main.map((name) => ({ group: "model" as const, name })),
    ...summary.map((name) => ({ group: "summary-model" as const, name })),
    ...tellSearch(env),
    ...storageNames.map((name) => ({ group: "storage" as const, name })),
  ];
}

const namesOf = (servers: { urls: readonly string[] } | null) => servers && distinctServers(servers.urls).map(serverName);
