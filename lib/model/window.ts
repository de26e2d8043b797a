import { z } from "zod";
import { apiBase } from "./client.ts";

export const modelListSchema = z.object({ data: z.array(z.object({ id: z.string(), max_model_len: z.number().int().nullish() })) });

/** How many tokens the server accepts for this model, from /v1/models; null when it does not tell, or does not answer within 5 s. */
export async function windowOf(
  server: { baseUrl: string; name: string; apiKey?: string | undefined },
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(`${apiBase(server.baseUrl)}/models`, {
      headers: { authorization: `Bearer ${server.apiKey ?? "EMPTY"}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    const models = modelListSchema.parse(await response.json()).data;
    return (models.find((model) => model.id === server.name) ?? models[0])?.max_model_len ?? null;
  } catch {
    signal.throwIfAborted();
    return null; // unknown is a legitimate answer: the first completion tells what is wrong with the server
  }
}
