import AxeBuilder from "@axe-core/playwright";
import type { CheckUp } from "#lib/domain/check-up.ts";
import { expect, searchTurn, test } from "./support/fixtures.ts";

const asIs = {
  what: "Start vLLM without the parser flags:",
  lines: "vllm serve a-model-with-a-long-name/of-somebody --port 8000 --max-model-len 131072",
  takeAway: [],
};

/** A check with every state in it, as the API gives it. */
const everything: CheckUp = {
  at: "2026-11-24T10:00:00.000Z",
  durationMs: 6_100,
  parts: [
    {
      group: "model",
      name: "gpu-1.internal:8000",
      state: "works",
      says: "Thinks, calls a tool and stops at the tag, as it should.",
      facts: ["context 131,072", "first token 180 ms", "94 tokens/s"],
      mend: [],
      durationMs: 1_900,
    },
    {
      group: "model",
      name: "gpu-2.internal:8000",
      state: "mend",
      says: "Started with a reasoning parser that swallows its calls.",
      facts: [],
      mend: [{ ...asIs, takeAway: ["--reasoning-parser", "--enable-auto-tool-choice", "--tool-call-parser"] }],
      durationMs: 1_700,
    },
    {
      group: "model",
      name: "gpu-3.internal:8000",
      state: "limited",
      says: "It serves 32,768 tokens of context, so long runs will end early.",
      facts: [],
      mend: [{ what: "Start vLLM with:", lines: "--max-model-len 131072", takeAway: [] }],
      durationMs: 1_700,
    },
    { group: "search", name: "SearXNG", state: "off", says: "No address is set.", facts: [], mend: [], durationMs: 0 },
    { group: "storage", name: "Worker", state: "works", says: "1 alive, 0 of 4 places taken.", facts: [], mend: [], durationMs: 12 },
  ],
};

test("the doctor asks the model and says how it is", async ({ page, scripted }) => {
  scripted.script(() => searchTurn);
  await page.goto(scripted.url);
  await page.getByRole("link", { name: "Doctor" }).click();
  await expect(page).toHaveURL(/\/doctor$/);
  await expect(page.getByRole("link", { name: "Doctor" })).toHaveAttribute("aria-current", "page");
  const model = page.getByRole("region", { name: "Model servers" }).getByRole("listitem").first();
  await expect(model).toContainText(scripted.model.url.replace("http://", ""));
  await expect(page.getByRole("region", { name: "Storage and workers" })).toContainText("1 alive");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d.* works?$|^\d+ (to mend|limited)/);
  await expect(page.getByRole("status")).toHaveText(/^Checked\. /);
  await expect(page.getByRole("region", { name: "Search" })).toContainText("It answers.");
});

test("the check over HTTP: states, no keys, shared while it runs", async ({ request, scripted }) => {
  scripted.script(() => searchTurn);
  const before = scripted.model.requests.length;
  const both = await Promise.all([1, 2].map(() => request.get(`${scripted.url}/api/doctor?fresh=1`)));
  const [one, two] = await Promise.all(both.map((response) => response.json()));
  expect(one).toEqual(two);
  expect(scripted.model.requests.length - before).toBe(1);
  expect(both[0]?.headers()["cache-control"]).toBe("no-store");
  expect(one).toMatchObject({ at: expect.any(String), durationMs: expect.any(Number) });
  expect(one.parts.map((part: { group: string }) => part.group)).toEqual(expect.arrayContaining(["model", "search", "storage"]));
  const wrong = await request.get(`${scripted.url}/api/doctor?fresh=yes`);
  expect(wrong.status()).toBe(422);
  expect(await wrong.json()).toMatchObject({ field: "fresh" });
});

test("without a model the page says what turns one on", async ({ page, quoting }) => {
  await page.goto(`${quoting.url}/doctor`);
  const model = page.getByRole("region", { name: "Model servers" });
  await expect(model).toContainText("None is set");
  await expect(model).toContainText("MODEL_BASE_URL=");
  await expect(model.getByRole("button", { name: /^Copy/ })).toBeVisible();
});

test("the page is there before the answer, nothing jumps, and old findings stay while it asks again", async ({ page, quoting }) => {
  let answer = Promise.withResolvers<void>();
  await page.route("**/api/doctor*", async (route) => {
    await answer.promise;
    await route.fulfill({ json: everything });
  });
  await page.goto(`${quoting.url}/doctor`);
  await expect(page.getByRole("heading", { level: 1, name: "Checking" })).toBeVisible();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await expect(page.getByText(/^Asking all of them at once, [1-9] s$/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Search" })).toContainText("searched beside the web");
  const below = page.getByRole("heading", { level: 2, name: /^Model servers/ });
  const at = await below.boundingBox();
  answer.resolve();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 to mend, 1 limited, 2 work");
  expect((await below.boundingBox())?.y).toBe(at?.y);
  await expect(page.getByText("Research runs on two model servers of three.")).toBeVisible();
  await expect(page.getByText("Take these away:")).toContainText("--reasoning-parser, --enable-auto-tool-choice, --tool-call-parser");
  answer = Promise.withResolvers<void>();
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await expect(page.getByText(/^Asking again, \d s$/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 to mend, 1 limited, 2 work");
  expect((await below.boundingBox())?.y).toBe(at?.y);
  await expect(page.getByRole("button", { name: "Check again" })).toBeFocused();
  answer.resolve();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
});

test("a server that does not answer is said in words, and can be asked again", async ({ browser, quoting }) => {
  const page = await browser.newPage(); // a refused request is an error on the console, here on purpose
  let refuse = true;
  await page.route("**/api/doctor*", (route) => (refuse ? route.abort() : route.fulfill({ json: everything })));
  await page.goto(`${quoting.url}/doctor`);
  await expect(page.getByRole("alert").filter({ hasText: "did not come to its end" })).toContainText("The Dossier server does not answer");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not checked");
  refuse = false;
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 to mend, 1 limited, 2 work");
  await page.close();
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [360, 768, 1440]) {
    test(`the doctor is accessible and fits at ${width} px, ${scheme}`, async ({ quoting, browser }) => {
      const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.route("**/api/doctor*", (route) => route.fulfill({ json: everything }));
      await page.goto(`${quoting.url}/doctor`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 to mend, 1 limited, 2 work");
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((violation) => `${violation.id} ${violation.nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}
