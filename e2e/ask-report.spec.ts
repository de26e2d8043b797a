import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { modelName, question, type ReportHouse, startReportHouse } from "./support/report-house.ts";

let house: ReportHouse;
let reportUrl = "";

test.describe.configure({ mode: "default" });
test.beforeAll(async ({ request }) => {
  test.setTimeout(180_000);
  house = await startReportHouse();
  const { session } = await (await request.post(`${house.url}/api/sessions`)).json();
  const { run } = await (await request.post(`${house.url}/api/sessions/${session.id}/runs`, { data: { question } })).json();
  await (await request.get(`${house.url}/api/runs/${run.id}/events`)).text();
  const { run: ended } = await (await request.get(`${house.url}/api/runs/${run.id}`)).json();
  reportUrl = `${house.url}/reports/${ended.reportId}`;
});
test.afterAll(() => house.stop());
test.afterEach(() => house.onAsk(null));

const field = (page: Page) => page.getByRole("textbox", { name: "Ask this report" });
const conversation = (page: Page) => page.getByRole("list", { name: "Questions and answers" });
async function openAsk(page: Page) {
  await page.goto(reportUrl);
  await page.keyboard.press("a");
  await expect(field(page)).toBeFocused();
}
async function ask(page: Page, words: string) {
  await field(page).fill(words);
  await page.keyboard.press("Enter");
}

test("a question is answered from the stored passages, its marks open their passage, and a reload shows it again", async ({ page }) => {
  await openAsk(page);
  await expect(page.getByText("Answers come from the evidence stored with this report. No new research is done.").first()).toBeVisible();
  await ask(page, "Does the bylaw allow anchoring in an emergency?");
  await expect(conversation(page).getByText("The prohibition does not apply to vessels in distress")).toBeVisible();
  await expect(page.getByText("1 mark of the model named no passage that carries the sentence and was removed.")).toBeVisible();
  await expect(conversation(page)).not.toContainText("[99]");
  await page.reload();
  await page.keyboard.press("a");
  await conversation(page)
    .getByRole("button", { name: /^Source \d+, quoted$/ })
    .click();
  const card = page.getByRole("dialog", { name: /^Source \d+, quoted$/ });
  await expect(card.locator("mark")).toContainText("The prohibition does not apply to vessels in distress");
  await expect(card).toContainText("Bylaw 14/2019 on anchoring in the inner bay");
  await page.keyboard.press("Escape");
  await expect(card).toHaveCount(0);
});

test("what the passages do not hold is said, and the question can be researched further with the report to go on from", async ({
  page,
}) => {
  await openAsk(page);
  await ask(page, "Who invented the mooring buoy?");
  await expect(conversation(page).getByText("The stored passages do not say.")).toBeVisible();
  await expect(page.getByText("This answer cites nothing: there is no passage to check it against.")).toBeVisible();
  await page.getByRole("button", { name: "Research this further" }).click();
  await page.waitForURL(/\/sessions\//);
  await expect(page.getByRole("heading", { name: "Who invented the mooring buoy?" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Read the report/ }).last()).toBeVisible();
});

test("a stop closes the model's socket, keeps what came, marks it as cut off, and offers to ask again", async ({ page }) => {
  await openAsk(page);
  house.onAsk(() => ({ kind: "stall", text: "<think>\nI look.\n</think>\n<answer>The buoys cost 6.4 million crowns" }));
  await ask(page, "What did the buoys cost?");
  await expect(conversation(page).getByText("The buoys cost 6.4 million crowns")).toBeVisible();
  const aborted = house.model.nextAbort();
  await page.getByRole("button", { name: "Stop the answer" }).click();
  await aborted;
  await expect(page.getByText("Cut off: It was stopped, or the connection was lost.")).toBeVisible();
  await page.reload();
  await page.keyboard.press("a");
  await expect(page.getByText("Cut off: It was stopped, or the connection was lost.")).toBeVisible();
  await expect(conversation(page).getByText("The buoys cost 6.4 million crowns")).toBeVisible();
  house.onAsk(() => ({ kind: "text", text: "<answer>It is not said.</answer>" }));
  await page.getByRole("button", { name: "Ask again" }).click();
  await expect(conversation(page).getByText("It is not said.")).toBeVisible();
});

test("a reader who closes the page loses nothing: the question and what came of its answer are there", async ({ page, context }) => {
  await openAsk(page);
  house.onAsk(() => ({ kind: "stall", text: "<answer>The closed area covers 212 hectares" }));
  await ask(page, "How large is the closed area?");
  await expect(conversation(page).getByText("The closed area covers 212 hectares")).toBeVisible();
  const aborted = house.model.nextAbort();
  await page.close();
  await aborted;
  const again = await context.newPage();
  await openAsk(again);
  await expect(conversation(again).getByText("How large is the closed area?")).toBeVisible();
  await expect(conversation(again).getByText("The closed area covers 212 hectares")).toBeVisible();
  await expect(again.getByText("Cut off:").last()).toBeVisible();
});

test("one answer at a time: a second window is told, and its question is kept", async ({ page, context }) => {
  await openAsk(page);
  const second = await context.newPage();
  await openAsk(second);
  house.onAsk(() => ({ kind: "stall", text: "<answer>Some" }));
  await ask(page, "First?");
  await expect(conversation(page).getByText("Some")).toBeVisible();
  await ask(second, "Second?");
  await expect(second.getByText("Another question about this report is being answered.", { exact: false })).toBeVisible();
  await expect(field(second)).toHaveValue("Second?");
  await page.getByRole("button", { name: "Stop the answer" }).click();
  await expect(page.getByText("Cut off:").last()).toBeVisible();
  await second.close();
});

test("a script asks over HTTP, and what does not fit is refused with the field's name", async ({ request }) => {
  const url = `${reportUrl.replace("/reports/", "/api/reports/")}/messages`;
  for (const [data, status, field] of [
    [{ question: " " }, 422, "question"],
    [{ question: "x".repeat(2_001) }, 422, "question"],
    [{ question: "Who?", more: true }, 422, "body"],
  ] as const) {
    const refused = await request.post(url, { data });
    expect(refused.status()).toBe(status);
    expect(await refused.json()).toMatchObject({ field });
  }
  expect((await request.get(`${house.url}/api/reports/nothing/messages`)).status()).toBe(404);
  const stream = await request.post(url, { data: { question: "Does the bylaw allow anchoring in distress?" } });
  expect(stream.headers()["x-vercel-ai-ui-message-stream"]).toBe("v1");
  expect(await stream.text()).toContain('"type":"data-answer"');
  const { items } = await (await request.get(url)).json();
  expect(items.at(-1)).toMatchObject({ role: "answer", facts: { end: "whole", model: modelName } });
});

test("a model that is down is told of, the question is kept, and the sources can be quoted instead", async ({ page }) => {
  await openAsk(page);
  await house.model.down();
  await ask(page, "When is anchoring prohibited?");
  await expect(conversation(page).getByText("No answer.")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Quote the sources instead" }).click();
  await expect(page.getByText("Quotes, not an answer: no language model wrote this")).toBeVisible();
  await expect(conversation(page).getByText("Anchoring is prohibited within the limits").last()).toBeVisible();
});
