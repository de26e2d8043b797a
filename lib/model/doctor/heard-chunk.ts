import { z } from "zod";

const callDelta = z.object({
  index: z.number().int().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/** The parts of a streamed chunk that the checks look at, as raw as they come. */
export const heardChunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            reasoning: z.string().nullish(),
            reasoning_content: z.string().nullish(),
            tool_calls: z.array(callDelta).nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  usage: z.object({ completion_tokens: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
});
export type HeardChunk = z.infer<typeof heardChunkSchema>;
