import { z } from "zod";
import type { ChatMessage } from "#lib/domain/transcript.ts";
import { toWire } from "./chat-body.ts";
import { rootOf } from "./server-address.ts";

const countSchema = z.object({ count: z.number().int() });

/** The tokens of a prompt as vLLM counts them, with its chat template; null where the server has no /tokenize or does not answer within 5 s. */
export async function countTokens(
  server: { baseUrl: string; name: string; apiKey?: string | undefined },
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(`${rootOf(server.baseUrl)}/tokenize`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${server.apiKey ?? "EMPTY"}` },
      body: JSON.stringify({ model: server.name, messages: messages.map(toWire), add_generation_prompt: true }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    return response.ok ? countSchema.parse(await response.json()).count : null;
  } catch {
    signal.throwIfAborted();
    return null; // not vLLM, or it is away: the estimate has to do
  }
}
