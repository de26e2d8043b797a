import { z } from "zod";
import { errorMessage } from "./chat-chunk.ts";
import { causeOf, clip } from "./failure-of.ts";
import type { ModelFailure } from "./model.ts";
import { apiBase, rootOf } from "./server-address.ts";

export const modelListSchema = z.object({
  data: z.array(z.object({ id: z.string(), root: z.string().nullish(), max_model_len: z.number().int().nullish() })),
});

/** Whether a server can be asked now, and if not, why. `window`: tokens it accepts in all, where it tells. */
export type ServerCheck =
  | { up: true; window: number | null }
  /** `sure`: the server will refuse completions too. Only vLLM's list is known to name everything that it serves. */
  | { up: false; reason: ModelFailure["reason"]; detail: string; sure: boolean };

export interface CheckedServer {
  baseUrl: string;
  name: string;
  apiKey?: string | undefined;
}

/**
 * Asks a server for its health and its list of models, at most 5 s: the same key, the same address and the same name that completions use.
 * A server without vLLM's /health counts by its list alone; one that has no list is taken at its word. Never throws but for `signal`.
 */
export async function checkServer(server: CheckedServer, signal: AbortSignal): Promise<ServerCheck> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
  try {
    const health = await fetch(`${rootOf(server.baseUrl)}/health`, { signal: within });
    await health.body?.cancel();
    if (health.status >= 500) return down("server-error", `${server.baseUrl} says that it is not well (HTTP ${health.status})`);
    return await checkModels(server, within);
  } catch (error) {
    signal.throwIfAborted();
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const detail = timedOut ? `${server.baseUrl} did not answer within 5 s` : `No connection to ${server.baseUrl}${causeOf(error)}`;
    return down("unreachable", detail);
  }
}

async function checkModels({ baseUrl, name, apiKey }: CheckedServer, signal: AbortSignal): Promise<ServerCheck> {
  const response = await fetch(`${apiBase(baseUrl)}/models`, { headers: { authorization: `Bearer ${apiKey ?? "EMPTY"}` }, signal });
  const body: unknown = await response.json().catch(() => null);
  if (response.status === 401 || response.status === 403)
    return down("unauthorized", `${baseUrl} refuses the key (HTTP ${response.status}): MODEL_API_KEY is not the one it expects`);
  if (response.status >= 500)
    return down("server-error", `${baseUrl}: HTTP ${response.status}: ${clip(errorMessage(body) ?? "no reason given")}`);
  const list = modelListSchema.safeParse(body);
  if (!list.success) return { up: true, window: null };
  const models = list.data.data;
  const model = models.find(({ id }) => id === name || id === `${name}:latest`); // Ollama adds the tag
  if (model) return { up: true, window: model.max_model_len ?? null };
  const served =
    models
      .map(({ id }) => id)
      .slice(0, 3)
      .join(", ") || "nothing";
  const detail = `${baseUrl} does not serve ${name}; it serves ${served}. Set MODEL_NAME to what it serves`;
  return down(
    "unknown-model",
    detail,
    models.some((each) => each.max_model_len),
  );
}

const down = (reason: ModelFailure["reason"], detail: string, sure = true): ServerCheck => ({ up: false, reason, detail, sure });
