import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "./support/fixtures.ts";
import { type HeavyHouse, type HeavyScript, type LaneTurn, startHeavyHouse } from "./support/heavy-house.ts";

const question = "Did the 2019 anchoring ban bring the eelgrass back in Velsund Bay, and what did it cost the harbour?";
const filler = "The bay is sheltered from the west and has been charted since 1840. ".repeat(12);
const page = (title: string, fact: string) => ({ kind: "html" as const, title, paragraphs: [`${fact} ${filler}`] });
const facts = {
  survey: "Eelgrass covered 58 ha of Velsund Bay in 2018 and 83 ha in 2024.",
  accounts: "Anchoring dues were 4.1 m crowns in 2018 and 2.9 m crowns in 2024.",
  bays: "Closure to anchors alone raised cover by a median of 19 % in five years.",
  courier: "The meadow grew by 44 % from 2018 to 2024.",
};
const pages = {
  "/survey": page("Coastal survey, report 2024", facts.survey),
  "/accounts": page("Harbour accounts 2018 to 2024", facts.accounts),
  "/bays": page("Six bays compared", facts.bays),
  "/courier": page("Velsund Courier", facts.courier),
};

const test = base.extend<object, { heavy: HeavyHouse }>({
  heavy: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const house = await startHeavyHouse(pages);
      await use(house);
      await house.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

const think = (about: string) => `I look at ${about}. What the last response adds has to stand in the report.`;
const longThought = "I weigh the counts of the two bays against the years in which the water became cleaner. ".repeat(30);

/** Four lanes of which one thinks for long, one reads a page, one waits for the model and one has answered. `release` lets them go on. */
function fourLanes(): { script: HeavyScript; release: () => void } {
  const gate = Promise.withResolvers<void>();
  const turn = (more: Pick<LaneTurn, "report" | "move"> & Partial<LaneTurn>): LaneTurn => ({ thought: think("the bay"), ...more });
  const lanes: LaneTurn[][] = [
    [
      turn({ report: "- Cover in Velsund Bay is known for two years only.", move: { search: "Velsund eelgrass cover" } }),
      turn({
        report: "- Cover in Velsund Bay: 58 ha in 2018.\n- Norhavn, no ban: 40 ha to 44 ha. \n- The ban explains the growth.",
        move: { visit: "/survey" },
      }),
      turn({
        report:
          "- Cover in Velsund Bay: 58 ha in 2018, 83 ha in 2024 [1].\n- Norhavn, no ban: 40 ha to 44 ha. Norhavn lies outside the Hellvik sewer area.\n- The ban and cleaner water arrived within ten months; the counts cannot separate them.",
        move: { search: "Norhavn sewer catchment Hellvik" },
      }),
      turn({
        thought: longThought,
        report: "- As before.",
        move: { answer: `${facts.survey} The counts cannot separate the causes.` },
        msPerToken: 40,
      }),
    ],
    [
      turn({ report: "- Nothing is known yet of the dues.", move: { search: "Velsund harbour anchoring dues" } }),
      turn({
        report: "- Anchoring dues: 4.1 m crowns in 2018, 2.9 m in 2024.\n\n| year | dues |\n|---|---|\n| 2018 | 4.1 |\n| 2024 | 2.9 |",
        move: { visit: "/accounts" },
      }),
      turn({ report: "- Anchoring dues: 4.1 m crowns in 2018, 2.9 m in 2024.", move: { answer: facts.accounts } }),
    ],
    [
      turn({ report: "- No study has measured anchor scars in Velsund itself.", move: { search: "eelgrass anchor scar regrowth" } }),
      turn({ report: null, move: { visit: "/bays" }, after: gate.promise }),
      turn({ report: `- Six bays compared. ${facts.bays}`, move: { answer: facts.bays } }),
    ],
    [
      turn({ report: "- A survey of boaters exists.", move: { visit: "/courier" } }),
      turn({ report: `- ${facts.courier}`, move: { answer: `- ${facts.courier}\n- Not found: a count of anchored boats before 2019.` } }),
    ],
  ];
  const findings = [{ finding: "Cover grew.", lanes: { 1: "agrees", 4: "agrees" }, sources: [1], verdict: "It stands." }];
  const text = `<think>\nI compare.\n</think>\n<findings>\n${JSON.stringify(findings)}\n</findings>\n<answer>\n${facts.survey} ${facts.courier}\n</answer>`;
  const extracts = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [`/${name}`, { text: fact, ...(name === "accounts" && { after: gate.promise }) }]),
  );
  return { script: { lanes, synthesis: { text }, extracts }, release: () => gate.resolve() };
}

async function askHeavy(page: Page, house: HeavyHouse, script: HeavyScript): Promise<void> {
  house.script(script);
  await page.goto(house.url);
  await page.getByLabel("Question").fill(question);
  await page.getByRole("radio", { name: /^Heavy/ }).check({ force: true });
  await page.getByRole("button", { name: "Start research" }).click();
  await expect(page).toHaveURL(/\/sessions\//);
}

/** Lanes begin in any order: which number has which part is seen by what it writes. */
const laneWith = (page: Page, text: string | RegExp) => page.getByRole("region", { name: /^Lane \d/ }).filter({ hasText: text });

async function untilAllAreSeen(page: Page): Promise<void> {
  await expect(laneWith(page, "thinking, round 4")).toBeVisible({ timeout: 20_000 });
  await expect(laneWith(page, "reading, round 2")).toBeVisible();
  await expect(laneWith(page, "waiting for the model")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("region", { name: "Run" }).getByText("3 of 4 lanes working")).toBeVisible();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((each) => `${each.id} ${each.nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
}
const expectNoOverflow = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

const reportLink = (page: Page) => page.getByRole("region", { name: "End of the run" }).getByRole("link", { name: "Read the report" });

const shots = process.env.SHOTS;
const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/heavy-${name}.png` });
};

test("four lanes side by side: what each does, what its last round changed, and all of it again after a reload", async ({
  page,
  heavy,
}) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { script, release } = fourLanes();
  await askHeavy(page, heavy, script);
  await untilAllAreSeen(page);
  await expect(page.getByText("Heavy, 4 lanes")).toBeVisible();

  const first = laneWith(page, "Report after round 3");
  await expect(first.locator("ins").filter({ hasText: "Norhavn lies outside the Hellvik sewer area." })).toBeVisible();
  await expect(first.locator("del").filter({ hasText: "The ban explains the growth." })).toBeVisible();
  await expect(first.getByRole("img", { name: "3 of at most 100 calls" })).toBeVisible();
  const answered = laneWith(page, /Answered after 2 rounds in .*\. 1 source read\./);
  await expect(answered.getByRole("heading", { name: "Answer" })).toBeVisible();
  await expect(laneWith(page, /The model is serving|Nothing from the model/)).toHaveCount(1);

  await shoot(page, "1440-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot(page, "1440-dark");
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await expectNoOverflow(page);

  const reports = () => page.getByRole("group", { name: /^(Report|Answer) of lane/ }).allInnerTexts();
  const before = await reports();
  await page.reload();
  await expect.poll(reports).toEqual(before);
  await untilAllAreSeen(page);

  const row = first.getByRole("button", { name: /Norhavn sewer catchment Hellvik/ });
  await row.click();
  await expect(first.getByText("What the last response adds has to stand in the report.")).toBeVisible();
  await row.click();
  await first.getByRole("button", { name: /^Open lane/ }).click();
  await expect(first.getByText("I weigh the counts of the two bays").first(), "the thought, live").toBeVisible();
  await shoot(page, "wide");
  await first.getByRole("button", { name: /^Close lane/ }).click();

  await page.keyboard.press("2");
  await expect(page.locator("section[id^=lane-2-]")).toBeFocused();
  await page.keyboard.press("0");
  await expect(page.locator("div[id^=synthesis-]")).toBeFocused();

  await page.getByRole("button", { name: /^Sources \d read/ }).click();
  await expect(
    page
      .getByRole("dialog", { name: "Sources" })
      .getByText(/^lanes? \d/)
      .first(),
  ).toBeVisible();
  await shoot(page, "sources");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: /Finish with what we have/ }).click();
  release();
  await expect(reportLink(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Finished with what there was.*4 lanes, \d+ rounds/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Wrote no report, and was asked once more/ }), "lanes stay as they were").toBeVisible();
  await shoot(page, "ended");
  await page.reload();
  await expect(page.getByRole("region", { name: /^Lane \d/ })).toHaveCount(4);
  await expect(page.getByRole("heading", { name: /Report after/ })).toHaveCount(0);
  await shoot(page, "folded");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open lane 1" }).click();
  await expect(page.getByRole("list", { name: "Rounds of lane 1, the last one first" }).getByRole("listitem")).not.toHaveCount(0);
  await reportLink(page).click();
  await expect(page.getByRole("article").getByText(facts.courier)).toBeVisible();
});

for (const width of [320, 360]) {
  test(`one lane at a time at ${width} px, by keyboard`, async ({ page, heavy }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    const { script, release } = fourLanes();
    await askHeavy(page, heavy, script);
    const tab = (name: string | RegExp) => page.getByRole("tab", { name });
    await expect(tab(/^Lane 1 thinking, round 4/)).toBeVisible({ timeout: 20_000 });
    await expect(tab(/^Lane 4 answered/)).toBeVisible();
    await expect(page.getByRole("tabpanel", { name: /^Lane 1/ })).toContainText("Report after round 3");
    await shoot(page, `${width}-light`);
    await tab(/^Lane 1/).focus();
    await page.keyboard.press("ArrowRight");
    await expect(tab(/^Lane 2/)).toBeFocused();
    await expect(page.getByRole("tabpanel")).toHaveCount(1);
    await page.keyboard.press("End");
    await expect(tab("Synthesis")).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel", { name: "Synthesis" })).toContainText("queued");
    await page.keyboard.press("4");
    await expect(tab(/^Lane 4/)).toBeFocused();
    await expect(page.getByRole("tabpanel", { name: /^Lane 4/ })).toContainText("Not found: a count of anchored boats");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectAccessible(page);
    }
    await shoot(page, `${width}-dark`);
    await expectNoOverflow(page);
    await page.getByRole("button", { name: "Stop now" }).click();
    await expect(page.getByRole("region", { name: "End of the run" })).toBeVisible();
    await expectNoOverflow(page);
    release();
  });
}

test("a stop reaches every lane, and what they had stays", async ({ page, heavy }) => {
  const { script, release } = fourLanes();
  await askHeavy(page, heavy, script);
  await untilAllAreSeen(page);
  const aborted = heavy.model.aborted;
  await page.getByRole("button", { name: "Stop now" }).click();
  await expect(page.getByText(/Stopped with 3 of 4 lanes at work/).first()).toBeVisible();
  await expect(laneWith(page, /Stopped with the run after 3 rounds\. Its report after round 3 is kept\./)).toBeVisible();
  await expect(laneWith(page, /Stopped with the run after \d rounds?\./)).toHaveCount(3);
  await expect.poll(() => heavy.model.aborted - aborted, "the thought, the extraction and the waiting one are broken off").toBe(3);
  release();
});

test("kill -9 of the worker: every lane goes on from its last finished round, and no finished call is repeated", async ({
  page,
  heavy,
}) => {
  const { script, release } = fourLanes();
  await askHeavy(page, heavy, script);
  await untilAllAreSeen(page);
  for (const pid of await heavy.workers()) process.kill(pid, "SIGKILL");
  release();
  await expect(page.getByText(/Worker restarted at .*, every lane resumed where it was, nothing repeated/)).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole("button", { name: /Finish with what we have/ }).click();
  await expect(reportLink(page)).toBeVisible({ timeout: 60_000 });
  const [run] = (await (await page.request.get(`${heavy.url}/api${new URL(page.url()).pathname}`)).json()).session.runs;
  const answer = await page.request.get(`${heavy.url}/api/runs/${run.id}/events`, { headers: { accept: "application/json" } });
  const log: { type: string; lane?: string; step?: number; callId?: string }[] = await answer.json();
  expect(log.filter((event) => event.type === "run-started")).toHaveLength(2);
  for (const type of ["step-ended", "tool-returned", "lane-ended"]) {
    const facts = log.flatMap((event) => (event.type === type ? [event.callId ?? `${event.lane} ${event.step ?? ""}`] : []));
    expect(facts.length, type).toBe(new Set(facts).size);
  }
  const killedAt = log.findLastIndex((event) => event.type === "run-started");
  const returned = log.slice(0, killedAt).flatMap((event) => (event.type === "tool-returned" ? [event.callId] : []));
  const calledAgain = log.slice(killedAt).flatMap((event) => (event.type === "tool-called" ? [event.callId] : []));
  expect(returned.length).toBeGreaterThanOrEqual(5);
  expect(returned.filter((id) => calledAgain.includes(id))).toEqual([]);
});

test("sixteen lanes are in reach", async ({ page, heavy }) => {
  const report = "- Cover in Velsund Bay: 58 ha in 2018.\n".repeat(40);
  const lane = (n: number): LaneTurn[] => [
    { thought: think("the bay"), report, move: { search: `eelgrass, part ${n}` } },
    { thought: think("the bay"), report: `${report}- The part of lane ${n}.`, move: { answer: `Part ${n}. ${facts.survey}` } },
  ];
  heavy.script({
    lanes: Array.from({ length: 16 }, (_, index) => lane(index + 1)),
    synthesis: { text: `<answer>${facts.survey}</answer>` },
    extracts: {},
  });
  await page.goto(heavy.url);
  const { session } = await (await page.request.post(`${heavy.url}/api/sessions`, { data: { title: "Sixteen" } })).json();
  const data = { question, mode: "heavy", lanes: 16, idempotencyKey: crypto.randomUUID() };
  expect((await page.request.post(`${heavy.url}/api/sessions/${session.id}/runs`, { data })).status()).toBe(202);
  await page.goto(`${heavy.url}/sessions/${session.id}`);
  await expect(reportLink(page)).toBeVisible({ timeout: 30_000 });
  for (const width of [1440, 1000, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.reload();
    await page.getByRole("button", { name: "Show what each lane wrote" }).click();
    await shoot(page, `sixteen-${width}`);
    await expectNoOverflow(page);
    await expectAccessible(page);
  }
  await expect(page.getByRole("tab", { name: "Synthesis" }), "what is chosen is in the strip").toBeInViewport();
  await page.getByRole("tab", { name: /^Lane 16/ }).click();
  await expect(page.getByRole("tabpanel", { name: /^Lane 16/ })).toContainText("Answered after 2 rounds");
});
