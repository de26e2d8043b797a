import { test as base, expect } from "./support/fixtures.ts";
import { startWritingHouse, type WritingHouse } from "./support/writing-house.ts";

const depth = "The harbour at Velsund was dredged to nine metres in 1911.";
const church = "The church of Velsund burned in 1920 and was never rebuilt.";
const filler = "It has a long history of fishing and trade. ".repeat(12);

const test = base.extend<Record<never, never>, { house: WritingHouse }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const house = await startWritingHouse({
        "/harbour": { kind: "html", title: "The harbour of Velsund", paragraphs: [`Velsund lies on the coast. ${depth} ${filler}`] },
        "/church": { kind: "html", title: "The church of Velsund", paragraphs: [`${filler} ${church} Nobody was hurt.`] },
      });
      await use(house);
      await house.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

/** Two pages are read by a reader in a process of its own, which starts with the first. */
const patiently = { timeout: 30_000 };

const script = {
  answer: `${depth} [1] ${church} [2]`,
  writer: {
    outline:
      "Form: report\n## The harbour was made deeper {p1, p2, p3, p4}\n## The church is gone {p1, p2, p3, p4}\nOpen: what the dredging cost",
    sections: {
      harbour: `${depth} [p1][p2]\n\nThe harbour at Velsund was dredged to twelve metres in 1911 [p1].`,
      church: "A fire took the church of Velsund in 1920, and nobody built it again [p2][p3].",
    },
    closing: "Takeaway: Velsund got a deeper harbour and lost its church.\nNot found: What could not be found\n- What the dredging cost.",
  },
};

test("a report is written section by section while one watches, and its sentences are checked", async ({ page, house }) => {
  const held = Promise.withResolvers<void>();
  house.script({ ...script, beforePart: held.promise });
  await page.goto(house.url);
  await page.getByLabel("Question").fill("Tell the history of Velsund.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Run" }).getByText("Writing the report")).toBeVisible(patiently);
  held.resolve();
  await page.getByRole("link", { name: /Read the report/ }).click();
  await expect(page).toHaveURL(/\/reports\//);
  const text = page.locator("article, [data-report], main").first();
  await expect(text.getByRole("heading", { name: /The harbour was made deeper/ })).toBeVisible();
  await expect(text.getByRole("heading", { name: /What could not be found/ })).toBeVisible();
  await expect(text.getByText("What the dredging cost.")).toBeVisible();
  await expect(page.getByRole("button", { name: /Source \d+, quoted/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Source \d+, supported/ }).first()).toBeVisible();
  const changed = page.locator(".claim", { hasText: "twelve metres" }).getByRole("button");
  await expect(changed.first()).toHaveAccessibleName(/Source \d+, (?:weak|unsupported)/);
});

test("the trace says what was written and compared", async ({ page, house }) => {
  house.script(script);
  await page.goto(house.url);
  await page.getByLabel("Question").fill("Tell the history of Velsund again.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible(patiently);
  for (const title of [
    "Wrote the outline of the report",
    "Wrote section 2 of 2: The church is gone",
    "Wrote the takeaway",
    /Compared \d+ sentences with their passages/,
  ])
    await expect(page.getByRole("button", { name: title }).first()).toBeVisible();
});

test("over HTTP: the next version from the same evidence, and a question that goes on from a report", async ({ house, request }) => {
  house.script(script);
  const post = async (path: string, data: object) => (await request.post(`${house.url}${path}`, { data })).json();
  const { session } = await post("/api/sessions", {});
  const asked = await post(`/api/sessions/${session.id}/runs`, { question: "Tell the history of Velsund." });
  const reportOf = async (runId: string) => {
    await request.get(`${house.url}/api/runs/${runId}/events`);
    const { run } = await (await request.get(`${house.url}/api/runs/${runId}`)).json();
    return run;
  };
  const first = await reportOf(asked.run.id);
  const visits = house.web.visits.length;
  house.script({ ...script, writer: { outline: "Form: short\nThe harbour is nine metres deep since 1911 [p1][p2]." } });
  const again = await post(`/api/runs/${first.id}/reports`, { length: "shorter" });
  const second = await reportOf(again.run.id);
  expect(second).toMatchObject({ status: "done", question: "Write again: shorter" });
  const versions = await (await request.get(`${house.url}/api/runs/${first.id}/reports`)).json();
  expect(versions.items).toMatchObject([
    { id: first.reportId, version: 1, rewrite: null },
    { id: second.reportId, version: 2, rewrite: { reportId: first.reportId, wishes: { length: "shorter" } } },
  ]);
  expect(house.web.visits.length).toBe(visits);
  const further = await post(`/api/sessions/${session.id}/runs`, { question: "And the lighthouse?", basis: first.reportId });
  await reportOf(further.run.id);
  const prompts = house.model.requests.map(({ messages }) => JSON.stringify(messages));
  expect(prompts.some((prompt) => prompt.includes("And the lighthouse?") && prompt.includes("This goes on from an earlier report"))).toBe(
    true,
  );
  const refused = await request.post(`${house.url}/api/sessions/${session.id}/runs`, { data: { question: "Q", basis: "nonsense" } });
  expect(refused.status()).toBe(422);
});
