import { z } from "zod";
import { hasCallMark } from "./has-call-mark.ts";
import { isTongyi } from "./is-tongyi.ts";
import { apiBase } from "./server-address.ts";

const replySchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish(), tool_calls: z.array(z.unknown()).nullish() }) })).min(1),
});

/**
 * How a model is to be spoken to where the settings leave it open. Tongyi DeepResearch speaks in tags, whatever its server can parse. Any
 * other is asked, once, with a tool at hand: a server that takes the tool and does not leave the call in the text speaks natively; one that refuses
 * tools, because it was started without a parser for calls, is spoken to in tags. Null when it could not be asked.
 */
export async function probeDialect(
  server: { baseUrl: string; name: string; apiKey?: string | undefined },
  signal: AbortSignal,
): Promise<"tongyi" | "native" | null> {
  if (isTongyi(server.name)) return "tongyi";
  try {
    const response = await fetch(`${apiBase(server.baseUrl)}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${server.apiKey ?? "EMPTY"}` },
      body: JSON.stringify(question(server.name)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
    });
    if (response.status === 400 || response.status === 422 || response.status === 501) return "tongyi";
    if (!response.ok) return null;
    const message = replySchema.parse(await response.json()).choices[0]?.message;
    return hasCallMark(message?.content ?? "") && !message?.tool_calls?.length ? "tongyi" : "native";
  } catch {
    signal.throwIfAborted();
    return null; // not there, or no server of this kind: asked again by the next run
  }
}

const question = (model: string) => ({
  model,
  messages: [{ role: "user", content: "What is the weather in Velsund? Use the tool." }],
  max_tokens: 512,
  temperature: 0,
  tools: [
    {
      type: "function",
      function: {
        name: "weather",
        description: "The weather of a place.",
        parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
      },
    },
  ],
  tool_choice: "auto",
});
