import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { answerTurn, expect, searchTurn, test } from "./support/fixtures.ts";

const thought = (msPerToken: number) => ({
  kind: "text" as const,
  text: `<think>\n${"I weigh what the pages say about the depth. ".repeat(60)}\n</think>\n<answer>It is nine metres deep.</answer>`,
  msPerToken,
});

async function ask(page: Page, url: string, question: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Question").fill(question);
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page).toHaveURL(/\/sessions\//, { timeout: 20_000 });
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible({ timeout: 20_000 });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test("a run is paused, the browser closed; from another one it resumes with what was added, and is stopped", async ({
  page,
  scripted,
  browser,
}) => {
  scripted.script((index) => (index === 0 ? searchTurn : thought(50)));
  const first = await (await browser.newContext()).newPage();
  await ask(first, scripted.url, "What does a pause keep?");
  await first.locator("body").press("m");
  await expect(first.getByLabel("Message to the run")).toBeFocused();
  await first.keyboard.type("Give the depth in feet as well.");
  await first.keyboard.press("Enter");
  await expect(first.getByText("queued, before step 3", { exact: true })).toBeVisible();
  const aborted = scripted.model.nextAbort();
  await first.getByRole("button", { name: "Pause", exact: true }).click();
  await aborted;
  await expect(first.getByText(/Paused by you at step 2, .*Kept for as long as you like/).first()).toBeVisible();
  await expect(first.getByText("Paused while thinking")).toBeVisible();
  await expectAccessible(first);
  const url = first.url();
  await first.context().close();

  await page.goto(url);
  await expect(page.getByText("queued until the run resumes", { exact: true })).toBeVisible();
  const asked = scripted.model.nextRequest();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  expect((await asked).messages.at(-1)?.content).toContain("Give the depth in feet as well.");
  await expect(page.getByText(/→ delivered at step 2/)).toBeVisible();
  await expect(page.getByText(/Resumed at .*after step 1/)).toBeVisible();
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Stop now", exact: true }).click();
  await expect(page.getByText(/Stopped at step 2/).first()).toBeVisible();
  await expect(page.getByLabel("Message to the run")).toHaveCount(0);
});

test("a message that nobody read before the run ended says so, and can be asked instead", async ({ page, scripted }) => {
  let stopped = false;
  scripted.script((index) => (index === 0 ? searchTurn : stopped ? answerTurn : thought(50)));
  await ask(page, scripted.url, "What if it comes too late?");
  await page.getByLabel("Message to the run").fill("And who paid for it?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("queued, before step 3", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Stop now", exact: true }).click();
  await expect(page.getByText(/→ not delivered \(the run ended first\)/)).toBeVisible();
  stopped = true;
  await page.getByRole("button", { name: "Ask it now" }).click();
  await expect(page.getByRole("heading", { name: "And who paid for it?" })).toBeVisible();
});

test("on a phone the dock takes at most a third of the screen", async ({ page, scripted }) => {
  scripted.script((index) => (index === 0 ? searchTurn : thought(50)));
  await page.setViewportSize({ width: 360, height: 740 });
  await ask(page, scripted.url, "Is there room to read?");
  await page.getByLabel("Message to the run").fill("Only in metres.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("queued, before step 3", { exact: true })).toBeVisible();
  const box = await page.getByRole("region", { name: "Run" }).boundingBox();
  expect(box?.height).toBeLessThanOrEqual(740 / 3);
  await page.getByRole("button", { name: "Stop now", exact: true }).click();
  await expect(page.getByText(/Stopped at step 2/).first()).toBeVisible();
});
