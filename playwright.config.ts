import { defineConfig, devices } from "@playwright/test";

/** Chromium without its calls home: what it asked of the network would otherwise count against the application. */
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-features=MediaRouter,OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
  "--no-first-run",
  "--no-pings",
];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/support/test-postgres-setup.ts",
  // Each has houses of its own; most of a story is waiting.
  workers: 2,
  forbidOnly: true,
  // Only a test that hangs shall end by its time: on a busy machine a minute is little.
  timeout: 150_000,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || undefined, args: [...quiet, ...asRoot] },
    trace: "retain-on-failure",
  },
});
