import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** Noto Sans SC Regular, for Chinese and Japanese: 10.5 MB. Its licence lies beside it. */
export const readFont = (): Buffer => brotliDecompressSync(readFileSync(new URL("./fonts/noto-sans-sc-400.ttf.br", import.meta.url)));
