import type { Page } from "@playwright/test";
import { answerTurn, expect, harbourFact, searchTurn, test, visitTurn } from "./support/fixtures.ts";

const longThought = {
  kind: "text" as const,
  text: `<think>\n${"I weigh what the pages say about the depth. ".repeat(40)}\n</think>\n<answer>${harbourFact}</answer>`,
  msPerToken: 15,
};

async function ask(page: Page, url: string, question: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel("Question").fill(question);
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page).toHaveURL(/\/sessions\//);
}

test("the ReAct loop runs on a vLLM server, live, to a report whose sentences are attributed", async ({ page, scripted }) => {
  scripted.script([searchTurn, visitTurn(scripted.web, "/harbour", "/secret", "/loop", "/inside"), answerTurn]);
  await ask(page, scripted.url, "How deep is the harbour of Velsund?");
  await expect(page.getByText("Searched the web, 2 queries")).toBeVisible();
  await expect(page.getByText("Read 1 of 4 pages")).toBeVisible();
  await page.getByText("Read 1 of 4 pages").click();
  await expect(page.getByText(/redirect/i).first()).toBeVisible();
  await page.getByRole("link", { name: /Read the report/ }).click();
  await expect(page.getByRole("article").getByText(harbourFact.slice(0, -1), { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: /Source 1, quoted/ })).toBeVisible();
  expect(scripted.web.visits).toContain("/harbour");
  const request = scripted.model.requests.find((each) => each.messages[1]?.content === "How deep is the harbour of Velsund?");
  expect(request).toMatchObject({
    stop: ["\n<tool_response>", "<tool_response>"],
    temperature: 0.85,
    top_p: 0.95,
    presence_penalty: 1.1,
    max_tokens: 10_000,
  });
});

test("a run can be replayed: the same observations, and nobody is asked again", async ({ page, scripted }) => {
  scripted.script([searchTurn, visitTurn(scripted.web, "/harbour", "/secret"), answerTurn]);
  await ask(page, scripted.url, "What does a replay show?");
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible();
  const visits = scripted.web.visits.length;
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page.getByText("Replay: tools give what they gave in an earlier run")).toBeVisible();
  await expect(page.getByRole("link", { name: /Read the report/ })).toHaveCount(2);
  await expect(page.getByText("Searched the recording, 2 queries")).toBeVisible();
  await expect(page.getByText("Read 1 of 2 pages").last()).toBeVisible();
  expect(scripted.web.visits).toHaveLength(visits);
});

test("a reload, a second tab and another browser show the same run", async ({ page, scripted, browser }) => {
  scripted.script([searchTurn, visitTurn(scripted.web, "/harbour"), longThought]);
  await ask(page, scripted.url, "What does a reload show?");
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("Searched the web, 2 queries")).toBeVisible();
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible();
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  for (const each of [page, other]) await expect(each.getByRole("link", { name: /Read the report/ })).toBeVisible({ timeout: 30_000 });
  expect(await steps(other)).toEqual(await steps(page));
  await other.context().close();
});

const steps = (page: Page) => page.getByRole("list", { name: "Steps" }).getByRole("listitem").allInnerTexts();

test("kill -9 of the worker in the middle of a thought: the run goes on, and says so", async ({ page, scripted }) => {
  scripted.script([searchTurn, visitTurn(scripted.web, "/harbour"), longThought]);
  const before = scripted.web.visits.length;
  await ask(page, scripted.url, "What if the worker dies?");
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible();
  for (const pid of await scripted.workers()) process.kill(pid, "SIGKILL");
  await expect(page.getByText(/Worker restarted at .*resumed after step 2, nothing repeated/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible({ timeout: 30_000 });
  expect(scripted.web.visits.length - before).toBe(1);
});

test("stop now stops, and finish with what we have gives an answer", async ({ page, scripted }) => {
  scripted.script([searchTurn, { ...longThought, msPerToken: 60 }]);
  await ask(page, scripted.url, "Will it stop?");
  await expect(page.getByText("I weigh what the pages say").first()).toBeVisible();
  const aborted = scripted.model.nextAbort();
  await page.getByRole("button", { name: "Stop now" }).click();
  await aborted;
  await expect(page.getByText(/Stopped at step 2/).first()).toBeVisible();

  scripted.script((index) => (index === 0 ? { ...searchTurn, msPerToken: 100 } : answerTurn));
  await ask(page, scripted.url, "Will it finish early?");
  await page.getByRole("button", { name: /Finish with what we have/ }).click();
  await expect(page.getByText(/Finished/).first()).toBeVisible({ timeout: 20_000 });
});

test("a model server in trouble is told in words, and the run recovers", async ({ page, scripted }) => {
  let tries = 0;
  // What went wrong is shown until the next try comes to something: each answers once the one before was seen.
  const [cutSeen, refusalSeen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  scripted.script(async (index) => {
    if (index === 0) return searchTurn;
    tries++;
    if (tries === 1) return { kind: "cut", text: "<think>half a tho" };
    if (tries === 2) {
      await cutSeen.promise;
      return { kind: "status", status: 503, message: "the engine is starting" };
    }
    await refusalSeen.promise;
    return answerTurn;
  });
  await ask(page, scripted.url, "What if the model stumbles?");
  await expect(page.getByText(/closed the connection/).first()).toBeVisible();
  cutSeen.resolve();
  await expect(page.getByText(/503/).first()).toBeVisible();
  refusalSeen.resolve();
  await expect(
    page
      .getByRole("link", { name: /Read the report/ })
      .or(page.getByText(/Done/).first())
      .first(),
  ).toBeVisible({ timeout: 20_000 });
});
