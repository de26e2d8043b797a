import { z } from "zod";
import { entropyOf, type SaidToken } from "./uncertainty.ts";

const usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number().nullish(),
  prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
});

const callFragment = z.object({
  index: z.number().int().min(0).max(127).nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/** The part of a streamed chat completion that we read; unknown fields are ignored, absent ones are usual (vLLM leaves out what is unset). */
export const chatChunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            reasoning: z.string().nullish(),
            reasoning_content: z.string().nullish(),
            tool_calls: z.array(callFragment).nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
        logprobs: z.unknown().optional(), // read by tokensIn: whatever is wrong with them, the answer is not
      }),
    )
    .optional(),
  usage: usage.nullish(),
  error: z.unknown().optional(),
});
export type ChatChunk = z.infer<typeof chatChunkSchema>;

/**
 * Reads the data of one event; null when it is no chunk. Several lines of data that are no JSON together may be several chunks of a server
 * that leaves out the empty line between events.
 */
export function readChunks(data: string): ChatChunk[] | null {
  const whole = readChunk(data);
  if (whole || !data.includes("\n")) return whole && [whole];
  const parts = data.split("\n").map(readChunk);
  return parts.every((part) => part !== null) ? parts : null;
}

function readChunk(data: string): ChatChunk | null {
  try {
    const chunk = chatChunkSchema.parse(JSON.parse(data));
    // A chunk without choices is an error, a count, or nothing of this protocol.
    return chunk.choices || chunk.error !== undefined || chunk.usage ? chunk : null;
  } catch {
    return null;
  }
}

const logprobs = z.object({ content: z.array(z.unknown()) });
const token = z.object({
  token: z.string(),
  logprob: z.number().nullish().catch(null),
  top_logprobs: z
    .array(
      z
        .object({ logprob: z.number().nullable().catch(null) })
        .nullable()
        .catch(null),
    )
    .nullish()
    .catch(null),
});

/** The tokens of a chunk, where the server tells how likely they were. Never fails: what cannot be read of them is as good as not told. */
export function tokensIn(chunk: ChatChunk): SaidToken[] {
  const told = chunk.choices?.[0]?.logprobs;
  if (told === undefined || told === null) return [];
  const { data } = logprobs.safeParse(told);
  return (data?.content ?? []).flatMap((each) => {
    const read = token.safeParse(each);
    if (!read.success) return [];
    const { token: text, logprob, top_logprobs: top } = read.data;
    const alternatives = top?.flatMap((alternative) => alternative?.logprob ?? []) ?? [];
    return [
      { text, entropy: entropyOf(alternatives.length > 0 ? alternatives : logprob === null || logprob === undefined ? [] : [logprob]) },
    ];
  });
}

const errorBody = z.object({ message: z.string() });

/** The message of an error body in any of vLLM's forms: `{error: {message}}`, the older flat `{message}`, and 401's `{error: "…"}`. */
export function errorMessage(body: unknown): string | null {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return null;
  const flat = errorBody.safeParse(body);
  if (flat.success) return flat.data.message;
  return "error" in body ? errorMessage(body.error) : null;
}

/** vLLM's wordings for a prompt that is longer than the window. */
export const isContextOverflow = (message: string) =>
  /maximum context length|context length is only|is too large|longer than the maximum model length|cannot be greater than max_model_len|max_tokens must be at least 1, got/i.test(
    message,
  );

/** The window that such a refusal names, in tokens. */
export function windowIn(message: string): number | null {
  const named = /(?:maximum context length is|context length is only|maximum model length of|max_model_len=(?:\w+=)?)\s*(\d+)/i.exec(
    message,
  )?.[1];
  return named ? Number(named) : null;
}
