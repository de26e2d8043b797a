import { zstdCompressSync } from "node:zlib";
import { plainBytes, zstdBytes } from "#lib/runs/portion.ts";
import { acceptsZstd } from "./accepts-zstd.ts";
import type { Encoding, Encodings } from "./event-response.ts";

const plain: Encoding = { name: null, portion: plainBytes, text: (text) => Buffer.from(text) };
const packed: Encoding = { name: "zstd", portion: zstdBytes, text: (text) => zstdCompressSync(text) };

/** Zstd for whoever can unpack it: what is sealed goes out as it is kept, and every portion is a frame of its own, shared by all its readers. Else plain text. */
export const portionEncodings = (request: Request): Encodings => ({ plain, packed: acceptsZstd(request) ? packed : null });
