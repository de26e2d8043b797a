import { answerTurn, expect, searchTurn, test } from "./support/fixtures.ts";

const ask = async (page: import("@playwright/test").Page, url: string, question: string) => {
  await page.goto(url);
  await page.getByRole("textbox", { name: "Question" }).fill(question);
  await page.getByRole("button", { name: "Start research" }).click();
  await page.waitForURL(/\/sessions\//);
};

test("a model server goes away in the middle of a run: the page says what it waits for, and the run goes on by itself", async ({
  page,
  scripted,
}) => {
  let away = Promise.resolve();
  scripted.script((index) => {
    if (index === 1) away = scripted.model.down();
    return index === 0 ? searchTurn : index === 1 ? { kind: "text", text: "<think>gone", msPerToken: 1_000 } : answerTurn;
  });
  await ask(page, scripted.url, "How deep is the harbour of Velsund?");
  await expect(page.getByText(/Waiting for it for .*; the run goes on by itself when it is back/)).toBeVisible({ timeout: 30_000 });
  await away;
  scripted.script([searchTurn, answerTurn]);
  await scripted.model.up();
  await expect(page.getByText(/the model server was back after/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: "Read the report" }).first()).toBeVisible({ timeout: 30_000 });
});

test("a model that falls silent is shown as waiting, with for how long, and its text goes on where it was", async ({ page, scripted }) => {
  scripted.script([{ ...searchTurn, freeze: { afterTokens: 8, ms: 8_000 } }, answerTurn]);
  await ask(page, scripted.url, "How deep is the harbour of Velsund, after a silence?");
  await expect(page.getByText(/Nothing from the model for \d+ s/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Run" }).getByText("Waiting for the model")).toBeVisible();
  await expect(page.getByText(/Nothing from the model for/)).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: "Read the report" }).first()).toBeVisible({ timeout: 30_000 });
});

test("a question that no model server would take is refused with what to mend, and kept", async ({ browser, scripted, request }) => {
  const page = await browser.newPage(); // the refusal is an error in its console, as it should be
  scripted.model.rename("another-model");
  await expect
    .poll(async () => (await (await request.get(`${scripted.url}/api/health`)).json()).model, { timeout: 15_000 })
    .toBe("refused");
  await page.goto(scripted.url);
  await page.getByRole("textbox", { name: "Question" }).fill("Is this kept?");
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not serve Tongyi-DeepResearch-30B-A3B" })).toContainText(
    "The question is kept.",
  );
  await expect(page.getByRole("textbox", { name: "Question" })).toHaveValue("Is this kept?");
  await page.close();
  scripted.model.rename("Tongyi-DeepResearch-30B-A3B");
  await expect.poll(async () => (await (await request.get(`${scripted.url}/api/health`)).json()).model, { timeout: 15_000 }).toBe("ready");
});
