import { expect } from "@playwright/test";
import { type FaultProxy, faultProxy } from "./support/chaos/fault-proxy.ts";
import { type Dossier, startDossier } from "./support/dossier.ts";
import { test as base } from "./support/let-in-test.ts";
import { startFakeModel } from "./support/servers/fake-model.ts";
import { testDatabase } from "./support/test-database.ts";

interface OutageHouse extends Dossier {
  proxy: FaultProxy;
}

/** How long the database is away. `OUTAGE_SECONDS=30` makes it as long as is promised; nothing but the waiting differs. */
const outageMs = Number(process.env.OUTAGE_SECONDS ?? 3) * 1_000;

const test = base.extend<object, { house: OutageHouse }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const database = await testDatabase();
      const proxy = await faultProxy(database.url);
      const text = `<think>\n${"I weigh what the pages say about the depth. ".repeat(60)}\n</think>\n<answer>It is nine metres deep.</answer>`;
      const model = await startFakeModel(() => ({ kind: "text", text, msPerToken: 15 }), { name: "fake" });
      const dossier = await startDossier({ DATABASE_URL: proxy.url, MODEL_BASE_URL: model.url, MODEL_NAME: "fake", PYTHON_SANDBOX: "off" });
      await use({ ...dossier, proxy });
      await dossier.stop();
      await model.close();
      await proxy.close();
      await database.drop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

test("an outage in the middle of a run: the screen says so, requests get 503, and the run goes on by itself to its end", async ({
  page,
  house,
}) => {
  test.setTimeout(120_000 + outageMs);
  await page.goto(house.url);
  await page.getByLabel("Question").fill("How deep is the harbour of Velsund?");
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible({ timeout: 30_000 });
  await house.proxy.down();
  await expect(page.getByText("The run waits for it and goes on by itself")).toBeVisible({ timeout: 30_000 });
  const refused = await house.fetch("/api/sessions");
  expect(refused.status).toBe(503);
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  const token = "x".repeat(43);
  for (const path of [`/launch/${token}`, `/shared/${token}`]) {
    const page = await fetch(`${house.url}${path}`, {
      headers: { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate", "user-agent": "Mozilla/5.0" },
    });
    expect([page.status, Number(page.headers.get("retry-after")) > 0], path).toEqual([503, true]);
  }
  await page.waitForTimeout(outageMs); // the outage itself
  await house.proxy.up();
  const back = performance.now();
  await expect.poll(async () => (await house.fetch("/api/sessions")).status, { intervals: [50] }).toBe(200);
  console.log(`requests answered ${Math.round(performance.now() - back)} ms after the database was back`);
  await expect(page.getByText("The run waits for it and goes on by itself")).toBeHidden({ timeout: 30_000 });
  console.log(`screen live ${Math.round(performance.now() - back)} ms after the database was back`);
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible({ timeout: 30_000 });
  // The worker that was there goes on: nothing was taken over, and no step was done twice.
  await expect(page.getByText(/resumed|taken up/i)).toHaveCount(0);
  expect(house.said()).toContain("The event log is written again after");
});
