import { expect, test } from "./support/fixtures.ts";

test("a newcomer without a model asks, watches, and reads a cited report", async ({ page, quoting }) => {
  await page.goto(quoting.url);
  await expect(page.getByText("No language model is connected.")).toBeVisible();
  await page.getByText("How to connect a model").click();
  await expect(page.getByText("MODEL_BASE_URL", { exact: false }).first()).toBeVisible();
  await page.getByLabel("Question").fill("How deep is the harbour of Velsund, and when was it dredged?");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/sessions\//);
  await expect(page.getByRole("heading", { name: /How deep is the harbour/ }).first()).toBeVisible();
  await page.getByRole("link", { name: /Read the report/ }).click();
  await expect(page).toHaveURL(/\/reports\//);
  await expect(page.getByText("No language model is connected: this report only quotes its sources.")).toBeVisible();
  await expect(page.getByText("dredged to nine metres in 1911").first()).toBeVisible();

  const mark = page.getByRole("button", { name: /Source 1, quoted/ }).first();
  await mark.hover();
  await expect(page.getByRole("link", { name: "Open the passage" })).toBeVisible();
  await page.getByRole("link", { name: "Open the passage" }).click();
  await expect(page).toHaveURL(/\/sources\//);
  await expect(page.locator("mark").first()).toBeVisible();
  await page.goBack();

  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^Markdown/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.md$/);
});

test("a question in Chinese finds the Chinese document", async ({ page, quoting }) => {
  await page.goto(quoting.url);
  await page.getByLabel("Question").fill("新港的港口有多深？");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: /Read the report/ }).click();
  await expect(page.getByText("疏浚到九米深").first()).toBeVisible();
});

test("sessions can be found, renamed and deleted", async ({ page, quoting }) => {
  await page.goto(quoting.url);
  await page.getByLabel("Question").fill("Do fishermen winter in Norhavn?");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible();
  const sidebar = page.getByRole("navigation", { name: "Sessions" });
  await page.getByRole("searchbox", { name: "Search sessions" }).fill("fisherm");
  await expect(sidebar.getByRole("link", { name: /fishermen winter/ })).toBeVisible();
  await expect(sidebar.getByRole("link", { name: /How deep/ })).toHaveCount(0);

  await page.getByRole("button", { name: "Actions for Do fishermen winter in Norhavn?" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Title" }).fill("Winter in Norhavn");
  await page.keyboard.press("Enter");
  await expect(sidebar.getByRole("link", { name: "Winter in Norhavn" })).toBeVisible();

  await page.getByRole("button", { name: "Actions for Winter in Norhavn" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(sidebar.getByRole("link", { name: "Winter in Norhavn" })).toHaveCount(0);
  await expect(page).toHaveURL(`${quoting.url}/`);
});
