import { expect, test } from "./support/fixtures.ts";
import { nobody } from "./support/let-in.ts";

const question = "How deep is the harbour of Velsund, and when was it dredged?";
const fact = "dredged to nine metres in 1911";

test("a newcomer asks, reads, checks a claim at its source, shares, and takes the report along", async ({
  page,
  quoting,
  browser,
  request,
}) => {
  await page.goto(quoting.url);
  await page.getByLabel("Question").fill(question);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: /Read the report/ }).click();
  await expect(page).toHaveURL(/\/reports\//);
  const report = page.url();
  const id = report.split("/").at(-1);
  await expect(page.getByText(fact).first()).toBeVisible();

  await page
    .getByRole("button", { name: /^Source 1, quoted/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Open the passage" }).first().click();
  await expect(page).toHaveURL(/\/sources\//);
  await expect(page.locator("mark", { hasText: fact }).first()).toBeVisible();

  await page.goto(report);
  await page.getByRole("button", { name: "Share", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Create the link" }).click();
  const url = await page.getByRole("textbox", { name: "The link, shown this once" }).inputValue();

  const clean = await browser.newContext({ javaScriptEnabled: false, storageState: nobody });
  const reader = await clean.newPage();
  await reader.goto(url);
  await expect(reader.getByRole("heading", { level: 1, name: question })).toBeVisible();
  await expect(reader.getByText("No language model was connected: this report only quotes its sources.")).toBeVisible();
  await reader
    .getByRole("button", { name: /^Source 1, quoted/ })
    .first()
    .click();
  await expect(reader.locator(".card:popover-open mark")).toContainText("dredged to nine metres in 1911");
  expect(await clean.cookies()).toEqual([]);

  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).first().click();
  await expect(page.getByText("It opens nothing any more.")).toBeVisible();
  await reader.reload();
  await expect(reader.getByRole("heading", { name: "This link does not open" })).toBeVisible();
  await clean.close();

  const markdown = await request.get(`${quoting.url}/api/reports/${id}/export/md`);
  expect(markdown.headers()["content-disposition"]).toContain("attachment");
  expect(await markdown.text()).toMatch(/\[\^1\]: /);
  const pdf = await request.get(`${quoting.url}/api/reports/${id}/export/pdf`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
});
