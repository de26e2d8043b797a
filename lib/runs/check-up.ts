import type { Sql } from "postgres";
import type { CheckedPart, CheckUp } from "#lib/domain/check-up.ts";
import type { Env } from "#lib/env.ts";
import { distinctServers, serverName } from "#lib/model/doctor/shown-address.ts";
import { mainServers, summaryServers, synthesisServers } from "#lib/model/set-servers.ts";
import { type Check, madeChecks, plannedChecks } from "./check-up/check.ts";
import { checkModels, noModelName } from "./check-up/check-models.ts";
import { checkStorage, storageNames } from "./check-up/check-storage.ts";
import { readingChecks } from "./check-up/reading-checks.ts";
import { scholarChecks } from "./check-up/scholar-checks.ts";
import { searchChecks } from "./check-up/search-checks.ts";
import { type TriedTool, tellTools } from "./check-up/tell-tools.ts";
import { toolNames } from "./tool-names.ts";

export interface CheckUpOptions {
  /** False for a check from outside the application: then nobody expects a worker. */
  running?: boolean;
  /** The tools that run here. */
  tools?: readonly TriedTool[];
}

/** Every part that a run needs, asked just now, all at once; never longer than about 80 s, which a model server has. `sql` is null where no database is set. */
export async function checkUp(env: Env, sql: Sql | null, signal: AbortSignal, options: CheckUpOptions = {}): Promise<CheckUp> {
  const { running = true, tools = [] } = options;
  const at = new Date().toISOString();
  const began = performance.now();
  const [models, services, storage] = await Promise.all([
    checkModels(env, signal),
    madeChecks([...serviceChecks(env, sql), ...tellTools(tools)], signal),
    checkStorage(sql, { running, placesEach: env.WORKER_CONCURRENCY }),
  ]);
  return { at, durationMs: Math.round(performance.now() - began), parts: [...models, ...services, ...storage] };
}

/** The rows a check will have, so that a page can show them while it runs; what is told by the settings alone is known already. */
export function plannedParts(env: Env): (CheckedPart | Pick<CheckedPart, "group" | "name">)[] {
  const main = namesOf(mainServers(env)) ?? [noModelName];
  const summary = namesOf(summaryServers(env)) ?? [];
  const synthesis = namesOf(synthesisServers(env)) ?? [];
  return [
    ...main.map((name) => ({ group: "model" as const, name })),
    ...summary.map((name) => ({ group: "summary-model" as const, name })),
    ...synthesis.map((name) => ({ group: "synthesis-model" as const, name })),
    ...plannedChecks(serviceChecks(env, null)),
    ...toolNames,
    ...storageNames.map((name) => ({ group: "storage" as const, name })),
  ];
}

const serviceChecks = (env: Env, sql: Sql | null): Check[] => [...searchChecks(env, sql), ...scholarChecks(env), ...readingChecks(env)];

const namesOf = (servers: { urls: readonly string[] } | null) => servers && distinctServers(servers.urls).map(serverName);
