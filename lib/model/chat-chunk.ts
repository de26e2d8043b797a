import { z } from "zod";

const usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number().nullish() });

/** The part of a streamed chat completion that we read; unknown fields are ignored, absent ones are usual (vLLM leaves out what is unset). */
export const chatChunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({ content: z.string().nullish(), reasoning: z.string().nullish(), reasoning_content: z.string().nullish() })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: usage.nullish(),
  error: z.unknown().optional(),
});
export type ChatChunk = z.infer<typeof chatChunkSchema>;

const errorBody = z.object({ message: z.string() });

/** The message of an error body in any of vLLM's forms: `{error: {message}}`, the older flat `{message}`, and 401's `{error: "…"}`. */
export function errorMessage(body: unknown): string | null {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return null;
  const flat = errorBody.safeParse(body);
  if (flat.success) return flat.data.message;
  return "error" in body ? errorMessage(body.error) : null;
}

/** vLLM's four wordings for a prompt that is longer than the window. */
export const isContextOverflow = (message: string) =>
  /maximum context length|context length is only|is too large|longer than the maximum model length/i.test(message);
