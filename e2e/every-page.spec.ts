import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";

/** The pages of one finished question. */
async function pagesOf(page: Page, url: string): Promise<Record<string, string>> {
  await page.goto(url);
  await page.getByLabel("Question").fill("How deep is the harbour of Velsund?");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: /Read the report/ }).waitFor();
  const session = page.url();
  await page.getByRole("link", { name: /Read the report/ }).click();
  await page.waitForURL(/\/reports\//);
  const report = page.url();
  const { report: stored } = await (await page.request.get(`${url}/api/reports/${report.split("/").at(-1)}`)).json();
  return {
    ask: url,
    session,
    report,
    source: `${url}/sources/${stored.citations[0].sourceId}?start=${stored.citations[0].passage.start}&end=${stored.citations[0].passage.end}`,
    missing: `${url}/sessions/nothing-here`,
  };
}

for (const scheme of ["light", "dark"] as const) {
  for (const width of [360, 768, 1440]) {
    test(`every page is accessible and fits at ${width} px, ${scheme}`, async ({ quoting, browser }) => {
      const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      for (const [name, url] of Object.entries(await pagesOf(page, quoting.url))) {
        await page.goto(url);
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        expect(violations.map((violation) => `${name}: ${violation.id} ${violation.nodes.map((node) => node.target).join(" ")}`)).toEqual(
          [],
        );
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${name} scrolls sideways`,
        ).toBeLessThanOrEqual(0);
      }
      await context.close();
    });
  }
}

test("the policy of every page forbids other hosts, and the browser obeys it", async ({ page, quoting }) => {
  for (const url of Object.values(await pagesOf(page, quoting.url))) {
    const response = url.endsWith("nothing-here") ? await page.request.get(url) : await page.goto(url);
    const policy = response?.headers() ?? {};
    const header = typeof policy === "object" ? policy["content-security-policy"] : undefined;
    expect(header).toContain("default-src 'self'");
    expect(header).not.toContain("unsafe-eval");
    expect(header).toMatch(/script-src [^;]*'nonce-/);
  }
});

test("a report can be walked by keyboard", async ({ page, quoting }) => {
  const { report } = await pagesOf(page, quoting.url);
  await page.goto(String(report));
  await page.keyboard.press("j");
  const mark = page.getByRole("button", { name: /Source \d+, quoted/ }).first();
  await expect(mark).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sources\//);
});

test("under a host name that is not ours no page shows anything", async ({ page, quoting }) => {
  for (const url of Object.values(await pagesOf(page, quoting.url))) {
    const response = await page.request.get(url, { headers: { host: "evil.example" } });
    const html = await response.text();
    expect(response.status()).toBe(404);
    expect(html).not.toContain("Velsund");
  }
});
