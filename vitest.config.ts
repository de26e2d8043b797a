import { defineConfig } from "vitest/config";

const tests = "{lib,db,components,worker,scripts,e2e/support}/**/*.test.{ts,tsx}";
const integrationTests = "**/*.integration.test.ts";
const vllmTests = "**/*.vllm.test.ts";
const elsewhere = ["node_modules/**", ".next/**", ".node/**", ".data/**"];

export default defineConfig({
  test: {
    // Two: the machines that run this have two cores.
    maxWorkers: 2,
    projects: [
      // A minute's work for a busy machine is a second's for an idle one: only a test that hangs shall end by its time.
      { test: { name: "unit", include: [tests], exclude: [...elsewhere, integrationTests, vllmTests], testTimeout: 20_000 } },
      {
        test: {
          name: "integration",
          include: [integrationTests],
          exclude: elsewhere,
          globalSetup: "./e2e/support/test-postgres-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
