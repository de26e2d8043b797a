import { z } from "zod";

const callDelta = z.strictObject({
  index: z.number(),
  id: z.string().optional(),
  type: z.literal("function").optional(),
  function: z.strictObject({ name: z.string().optional(), arguments: z.string().optional() }),
});

const usage = z.looseObject({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number(),
  prompt_tokens_details: z.looseObject({ cached_tokens: z.number() }).nullish(),
  completion_tokens_details: z.looseObject({ reasoning_tokens: z.number() }).nullish(),
});

const chunk = z.looseObject({
  id: z.string(),
  object: z.literal("chat.completion.chunk"),
  created: z.number(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number(),
      delta: z.strictObject({
        role: z.literal("assistant").optional(),
        content: z.string().nullish(),
        reasoning: z.string().nullish(),
        tool_calls: z.array(callDelta).optional(),
      }),
      logprobs: z.looseObject({ content: z.array(z.looseObject({ token: z.string() })) }).nullish(),
      finish_reason: z.enum(["stop", "length", "tool_calls", "abort", "repetition"]).nullable(),
      stop_reason: z.union([z.string(), z.number()]).nullish(),
    }),
  ),
  usage: usage.optional(),
});

export type Chunk = z.infer<typeof chunk>;

export interface Events {
  chunks: Chunk[];
  /** The body of the line that tells of a failure after the stream had begun. */
  error: unknown;
  isDone: boolean;
  /** Lines that are neither data nor empty, such as the comments that keep a connection alive. */
  otherLines: string[];
  content: string;
  reasoning: string;
  finish: { reason: string | null; stopReason: string | number | null | undefined };
}

/** Reads a whole event stream. A chunk with a field of a delta that our notes do not name throws, so that it is noticed. */
export function readEvents(text: string): Events {
  const lines = text.split("\n").filter((line) => line !== "");
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice("data: ".length));
  const parsed: unknown[] = data.filter((line) => line !== "[DONE]").map((line) => JSON.parse(line));
  const isError = (value: unknown) => typeof value === "object" && value !== null && "error" in value;
  const chunks = parsed.filter((value) => !isError(value)).map((value) => chunk.parse(value));
  const choices = chunks.flatMap((each) => each.choices);
  const last = choices.findLast((choice) => choice.finish_reason !== null);
  return {
    chunks,
    error: parsed.find(isError),
    isDone: data.at(-1) === "[DONE]",
    otherLines: lines.filter((line) => !line.startsWith("data: ")),
    content: choices.map((choice) => choice.delta.content ?? "").join(""),
    reasoning: choices.map((choice) => choice.delta.reasoning ?? "").join(""),
    finish: { reason: last?.finish_reason ?? null, stopReason: last?.stop_reason },
  };
}
