import { z } from "zod";
import { rootOf } from "#lib/model/server-address.ts";
import { ask } from "./ask.ts";
import type { ModelServer } from "./model-server.ts";
import { parseJson } from "./parse-json.ts";

/** What a server offers beside completions. */
export interface Extras {
  /** vLLM's version; null for another server. */
  version: string | null;
  /** Status of /health: 503 says that the engine has died; null when nothing answered. */
  health: number | null;
  /** Prometheus metrics of vLLM: they tell a queue from a stall. */
  metrics: boolean;
  /** Exact counts of a prompt. */
  tokenize: boolean;
}

const versionSchema = z.object({ version: z.string().max(100) });
const countSchema = z.object({ count: z.number().int() });

/** Asks for what a server offers beside completions, all at once. None of it loads the GPU. */
export async function lookAround(server: ModelServer, signal: AbortSignal): Promise<Extras> {
  const root = rootOf(server.url);
  const request = { apiKey: server.apiKey, signal, timeoutMs: server.patience.shortMs };
  const [version, health, metrics, tokenize] = await Promise.all([
    ask(`${root}/version`, request),
    ask(`${root}/health`, request),
    ask(`${root}/metrics`, request),
    ask(`${root}/tokenize`, { ...request, body: { model: server.name, prompt: "Dossier" } }),
  ]);
  const told = version.kind === "answered" && version.status === 200 ? versionSchema.safeParse(parseJson(version.text)) : null;
  const isVllm = metrics.kind === "answered" && metrics.status === 200 && metrics.text.includes("vllm:");
  return {
    version: told?.success ? told.data.version : null,
    health: health.kind === "answered" ? health.status : null,
    metrics: isVllm,
    tokenize: tokenize.kind === "answered" && tokenize.status === 200 && countSchema.safeParse(parseJson(tokenize.text)).success,
  };
}
