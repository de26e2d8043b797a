import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { contentDecoders } from "./content-decoders.ts";
import type { FetchLimits } from "./fetch-limits.ts";
import { FetchStopped } from "./fetch-stopped.ts";
import { megabytes } from "./megabytes.ts";

/**
 * Reads and decompresses a body. Bytes are counted as they come, before and after decompression: neither a lying Content-Length nor a
 * bomb gets further than its cap. `grown` is told of the decoded bytes, and nothing more is read before it has resolved. Throws FetchStopped,
 * or what the network, a decoder or `grown` throws; every stream is destroyed by then.
 */
export async function readBody(
  body: Readable,
  { contentEncoding, limits, grown }: { contentEncoding: string; limits: FetchLimits; grown: (bytes: number) => Promise<void> | undefined },
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (decoded: AsyncIterable<Buffer>) => {
    for await (const chunk of decoded) {
      size += chunk.length;
      if (size > limits.decodedBytes) throw tooLarge("unpacked", limits.decodedBytes);
      await grown(size);
      chunks.push(chunk);
    }
  };
  await pipeline([body, counted(limits.wireBytes), ...contentDecoders(contentEncoding, limits.encodings), collect]);
  return Buffer.concat(chunks, size);
}

function counted(limit: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw tooLarge("sent", limit);
      yield chunk;
    }
  };
}

const tooLarge = (how: string, limit: number) => new FetchStopped("too-large", `more than ${megabytes(limit)} ${how}`);
