import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { question, type ReportHouse, startReportHouse } from "./support/report-house.ts";

let house: ReportHouse;
let first = "";

test.describe.configure({ mode: "default" });
test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  house = await startReportHouse();
  const { session } = await (await request.post(`${house.url}/api/sessions`)).json();
  const { run } = await (await request.post(`${house.url}/api/sessions/${session.id}/runs`, { data: { question } })).json();
  await (await request.get(`${house.url}/api/runs/${run.id}/events`)).text();
  const { run: ended } = await (await request.get(`${house.url}/api/runs/${run.id}`)).json();
  first = `${house.url}/reports/${ended.reportId}`;
});
test.afterAll(() => house.stop());

const ledger = (page: Page) => page.getByRole("complementary", { name: "Claims, sources and questions" });
const claims = (page: Page) => ledger(page).getByRole("list", { name: "Claims" }).getByRole("listitem");
const violationsOf = async (page: Page, name: string) => {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  return violations.map((violation) => `${name}: ${violation.id} ${violation.nodes.map((node) => node.target).join(" ")}`);
};

test("the header counts each status and gives no score, and the ledger tells of each claim what was found and by whom", async ({
  page,
}) => {
  await page.goto(first);
  const checks = page.getByRole("region", { name: "Checks" });
  await expect(checks).toContainText(/\d quoted/);
  await expect(checks).toContainText("1 unsupported");
  await expect(checks).toContainText(/\d factual sentences? without a citation/);
  await expect(checks).not.toContainText("%");
  await claims(page).filter({ hasText: "49.3 hectares" }).getByRole("button").first().click();
  const current = ledger(page).locator("[aria-current=true]");
  await expect(current.locator("mark")).toContainText("cover rose from 40.1 to 43.9 hectares");
  await expect(current).toContainText("(compared by text)");
  await expect(page.locator("[data-report-text] [aria-current=true]")).toBeInViewport();
  await claims(page).filter({ hasText: "A third of visiting boats" }).getByRole("button").first().click();
  await expect(current).toContainText("(judged by Tongyi-DeepResearch-30B-A3B)");
  await expect(current).toContainText("The passage gives no number.");
});

test("claims are filtered by status, by what is to be looked at, and sentences without a citation stand apart", async ({ page }) => {
  await page.goto(first);
  const all = await claims(page).count();
  await ledger(page)
    .getByRole("button", { name: /^to look at/ })
    .click();
  expect(await claims(page).count()).toBeLessThan(all);
  await ledger(page)
    .getByRole("button", { name: /^unsupported/ })
    .click();
  await expect(claims(page)).toHaveCount(1);
  await ledger(page)
    .getByRole("button", { name: /^uncited/ })
    .click();
  await expect(claims(page)).toHaveCount(0);
  await ledger(page).getByRole("button", { name: "Boats may still lie at a buoy or at anchor outside the line." }).click();
  await expect(page.getByRole("article").getByText("Boats may still lie at a buoy")).toBeInViewport();
});

test("by keyboard alone: walk, look at trouble, filter, open the passage, come back, ask, versions, export, share", async ({ page }) => {
  await page.goto(first);
  const currentMark = page.locator("[data-report-text] [data-citation][aria-current=true]");
  await page.keyboard.press("j");
  await expect(currentMark).toHaveAttribute("data-citation", "0");
  await page.keyboard.press("J");
  await expect(currentMark).toContainText("weak");
  await page.keyboard.press("k");
  await page.keyboard.press("4");
  await expect(claims(page)).toHaveCount(1);
  await page.keyboard.press("0");
  await page.keyboard.press("Escape");
  await expect(currentMark).toBeFocused();
  await page.keyboard.press("Enter");
  const card = page.locator("[data-citation-card]");
  await expect(card).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(currentMark).toBeFocused();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/sources\//);
  await expect(page.locator("#passage")).toBeInViewport();
  await page.keyboard.press("b");
  await page.waitForURL(/\/reports\/.*#c\d+/);
  await expect(currentMark).toBeInViewport();
  for (const [key, name] of [
    ["v", "Version 1"],
    ["e", "Export"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole("menu", { name })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
  }
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog", { name: "Share version 1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("a");
  await expect(page.getByRole("textbox", { name: "Ask this report" })).toBeFocused();
});

test("sources tell how often they are cited, which are copies, and which could not be read", async ({ page }) => {
  await page.goto(first);
  await ledger(page)
    .getByRole("tab", { name: /^Sources/ })
    .click();
  const panel = ledger(page).getByRole("tabpanel", { name: /^Sources/ });
  await expect(panel).toContainText(/cited \d times/);
  await expect(panel).toContainText("same text as source");
  await expect(panel.getByRole("region", { name: "Could not be read" })).toContainText("/minutes");
  await panel.getByRole("link", { name: /survey report 2024/ }).click();
  await page.waitForURL(/\/sources\//);
  await page.keyboard.press("j");
  await expect(page.getByRole("status").filter({ hasText: /^1 of \d+$/ })).toBeVisible();
  await expect(page.locator('[data-place="0"]')).toBeInViewport();
  await page.getByRole("link", { name: "Back to the sentence" }).first().click();
  await page.waitForURL(/#c\d+/);
});

test("a report is written again from the same evidence while it can be read, and what changed is shown", async ({ page }) => {
  await page.goto(first);
  await page.keyboard.press("v");
  await page.getByRole("menuitem", { name: /Write again/ }).click();
  const dialog = page.getByRole("dialog", { name: "Write again" });
  await expect(dialog).toContainText("Nothing is searched again");
  await dialog.getByLabel("Shorter").check();
  await dialog.getByRole("textbox", { name: "Instructions" }).fill("Leave out the costs");
  await dialog.getByRole("button", { name: "Write again" }).click();
  const progress = page.getByRole("region", { name: "The next version" });
  await expect(progress.getByText("The next version is written.")).toBeVisible({ timeout: 30_000 });
  await progress.getByRole("link", { name: "Read it" }).click();
  await expect(page.getByText("Written again from the evidence of version 1: shorter, “Leave out the costs”.")).toBeVisible();
  await page.getByRole("link", { name: "What changed" }).click();
  await expect(page.getByRole("heading", { name: "What changed from version 1 to 2" })).toBeVisible();
  await expect(page.locator("del").filter({ hasText: "The buoys cost 6.4 million crowns" })).toBeVisible();
  await expect(page.locator("ins").filter({ hasText: "Cleaner water" })).toBeVisible();
  await expect(page.getByText(/No longer cited: \d passages?/)).toBeVisible();
  expect(await violationsOf(page, "changes")).toEqual([]);
});

test("an export is made while the reading goes on, and one that fails says why", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage(); // a failing request is an error in the console, which another page would not let pass
  await page.goto(first);
  await page.keyboard.press("e");
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^Markdown/ }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.md$/);
  await expect(page.getByText(/^Saved: .*\.md$/)).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("menuitem", { name: /^BibTeX/ }).click();
  await expect(page.getByText("You are offline.", { exact: false })).toBeVisible();
  await context.close();
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [320, 768, 1440]) {
    test(`report, card, menus, dialogs, chat and source are accessible and fit at ${width} px, ${scheme}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      const look = async (name: string) => {
        expect(await violationsOf(page, name)).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wider, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      };
      await page.goto(first);
      await page.locator("[data-report-text] [data-citation]").nth(5).click();
      await page.locator("[data-citation-card]").waitFor();
      await look("card");
      await page.keyboard.press("Escape");
      for (const key of ["v", "e"]) {
        await page.keyboard.press(key);
        await page.getByRole("menu").waitFor();
        await look(`menu ${key}`);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("menu")).toHaveCount(0);
      }
      await page.keyboard.press("v");
      await page.getByRole("menuitem", { name: /Write again/ }).click();
      await page.getByRole("dialog", { name: "Write again" }).waitFor();
      await look("write again");
      await page.keyboard.press("Escape");
      if (width < 1120) {
        await page.getByRole("button", { name: /^Claims/ }).click();
        await page.getByRole("dialog", { name: "Claims and sources" }).waitFor();
        await look("claims");
        await page.getByRole("tab", { name: /^Sources/ }).click();
        await look("sources");
        await page.keyboard.press("Escape");
      } else {
        await ledger(page)
          .getByRole("tab", { name: /^Sources/ })
          .click();
        await look("sources");
      }
      await page.keyboard.press("a");
      await page.getByRole("textbox", { name: "Ask this report" }).fill("Does the bylaw allow anchoring in an emergency?");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Research this further" }).waitFor();
      await look("ask");
      await page.keyboard.press("Escape");
      await page.goto(first);
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/sources\//);
      await page.locator("#passage").waitFor();
      await look("source");
      await context.close();
    });
  }
}
