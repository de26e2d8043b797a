import { defineConfig } from "vitest/config";

/** The checks against a real vLLM, which `npm run test:vllm` runs. They are no part of `npm test`. */
export default defineConfig({
  test: {
    name: "vllm",
    include: ["scripts/vllm/**/*.vllm.test.ts"],
    // Each file starts a server of its own, which takes a core and a gigabyte: one after the other.
    fileParallelism: false,
    testTimeout: 60_000,
    // Half a minute on an idle machine of two cores.
    hookTimeout: 240_000,
  },
});
