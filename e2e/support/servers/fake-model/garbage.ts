import { chunksFor } from "./chunks.ts";
import { deltaReader } from "./delta.ts";
import type { Reply } from "./reply.ts";
import { tokensOf } from "./tokens-of.ts";

type Bytes = Extract<Reply, { kind: "bytes" }>;

/** What a proxy says instead of the server: HTML under a 200. */
export const htmlPage = (title = "502 Bad Gateway"): Reply => ({
  kind: "garbage",
  body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><hr>nginx</body></html>`,
});

/** A line of an event stream that never ends, until so many characters have been sent. */
export const endlessLine = (characters: number): Bytes => ({
  kind: "bytes",
  bytes: `data: {"choices":[{"index":0,"delta":{"content":"${"a".repeat(characters)}`,
  chunkSize: 65_536,
});

/** JSON as Python writes it when nobody forbids it: NaN is none. */
export const nanChunk = (): Bytes => ({
  kind: "bytes",
  bytes:
    'data: {"id":"chatcmpl-nan","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"},"logprobs":NaN,"finish_reason":null}]}\n\ndata: [DONE]\n\n',
});

/** The bytes a server of this kind sends for a text: what is cut, doubled and mutilated in tests. */
export function recordedStream(text: string, { finishReason = "stop", model = "fake" } = {}): Uint8Array {
  const chunks = chunksFor({ id: "chatcmpl-recorded", model, reasoningField: "reasoning" }, (index) => `chatcmpl-tool-${index}`);
  const tokens = tokensOf(text);
  const reader = deltaReader(text, [{ from: 0, to: text.length, kind: "content" }]);
  const lines = [chunks.first(null)];
  let position = 0;
  for (const [index, token] of tokens.entries()) {
    position += token.length;
    const end = index === tokens.length - 1 ? { finishReason, stopReason: null } : undefined;
    lines.push(chunks.delta(reader.take(position), { end }));
  }
  const usage = { prompt_tokens: 1, total_tokens: 1 + tokens.length, completion_tokens: tokens.length };
  return Buffer.from([...lines, chunks.usage(usage), chunks.done].join(""));
}

/** Every event twice, as after a retry inside a proxy. */
export const duplicateChunks = (stream: Uint8Array): Bytes => ({
  kind: "bytes",
  bytes: Buffer.from(stream)
    .toString("utf8")
    .replace(/data: .*\n\n/g, (event) => event + event),
});
