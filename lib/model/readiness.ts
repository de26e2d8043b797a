import type { Env } from "#lib/env.ts";
import { checkServer, type ServerCheck } from "./check-server.ts";
import { isConnected } from "./choose.ts";

/**
 * Whether a run that is asked now will find a model. `waiting`: no server answers at the moment; a run waits for one. `refused`: the servers
 * answer, and none would take its requests until somebody mends a setting.
 */
export type Readiness = { state: "quoting" | "ready" } | { state: "waiting" | "refused"; detail: string };

const keepMs = 5_000;
/** Who asks a question waits for this: servers that are slower are taken for away. */
const withinMs = 2_000;

let last: { at: number; found: Promise<Readiness> } | undefined;

/** Asks all servers of the model, at most every 5 s and for at most 2 s. */
export function modelReadiness(env: Env): Promise<Readiness> {
  if (!last || performance.now() - last.at > keepMs) last = { at: performance.now(), found: readiness(env) };
  return last.found;
}

export async function readiness(env: Env): Promise<Readiness> {
  if (!isConnected(env)) return { state: "quoting" };
  const server = { name: env.MODEL_NAME ?? "", apiKey: env.MODEL_API_KEY };
  const checks = await Promise.all((env.MODEL_BASE_URL ?? []).map((baseUrl) => check({ ...server, baseUrl })));
  if (checks.some((each) => each.up || !each.sure)) return { state: "ready" };
  const detail = checks.flatMap((each) => (each.up ? [] : each.detail)).join("; ");
  const mended = checks.every((each) => !each.up && (each.reason === "unauthorized" || each.reason === "unknown-model"));
  return { state: mended ? "refused" : "waiting", detail };
}

async function check(server: { baseUrl: string; name: string; apiKey?: string | undefined }): Promise<ServerCheck> {
  const signal = AbortSignal.timeout(withinMs);
  return checkServer(server, signal).catch(() => ({
    up: false,
    reason: "unreachable",
    detail: `${server.baseUrl} did not answer within ${withinMs / 1000} s`,
    sure: true,
  }));
}
