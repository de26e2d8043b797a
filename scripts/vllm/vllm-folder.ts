import { resolve } from "node:path";

/** Where all that vLLM needs and writes lies, some gigabytes. Ignored by git; deleting it undoes everything. */
export const vllmFolder = resolve(".data", "vllm");
