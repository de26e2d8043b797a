import { zstdCompressSync } from "node:zlib";
import { bytesOfSeveral, plainBytes, zstdBytes } from "#lib/runs/portion.ts";
import { acceptsZstd } from "./accepts-zstd.ts";
import type { Encoding, Encodings } from "./event-response.ts";

const text = (words: string) => Buffer.from(words);
const plain: Encoding = { name: null, portion: plainBytes, text };
const packed: Encoding = { name: "zstd", portion: zstdBytes, text: (words) => zstdCompressSync(words) };

/** Zstd for whoever can unpack it: what is sealed goes out as it is kept, and every portion is a frame of its own, shared by all its readers. Else plain text. */
export const portionEncodings = (request: Request): Encodings => ({ plain, packed: acceptsZstd(request) ? packed : null });

/** A stream of several runs. It is a browser's, whose page has what is stored: what is left is small, and is sent as it is. */
export const severalRuns: Encodings = { plain: { name: null, portion: bytesOfSeveral, text }, packed: null };
