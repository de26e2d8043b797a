import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";
import { FetchStopped } from "./fetch-stopped.ts";

export type Decoder = (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

const creators: Record<string, (first: Buffer) => Duplex> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  // Servers send `deflate` with the zlib header, as the standard says, or without it, as some always did.
  deflate: (first) => (((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/** The steps that undo a Content-Encoding, in order. Throws FetchStopped on an unknown encoding and on more than `most`. */
export function contentDecoders(contentEncoding: string, most: number): Decoder[] {
  const listed = contentEncoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const names = listed.filter((name) => name !== "" && name !== "identity");
  if (names.length > most) throw new FetchStopped("unsupported-type", `compressed ${names.length} times over, the limit is ${most}`);
  return names.reverse().map((name) => {
    const create = creators[name];
    if (!create) throw new FetchStopped("unsupported-type", `the content encoding "${name.slice(0, 40)}" is not supported`);
    return decoder(create);
  });
}

/** An empty body stays empty: servers announce an encoding without having packed anything. */
function decoder(create: (first: Buffer) => Duplex): Decoder {
  return async function* (chunks) {
    const source = chunks[Symbol.asyncIterator]();
    const first = await source.next();
    if (first.done) return;
    const stream = create(first.value);
    const fed = pipeline(startingWith(first.value, source), stream);
    // Reading `stream` throws the same error; without a listener here it would end the process first.
    fed.catch(() => {});
    yield* stream;
    await fed;
  };
}

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
