import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { type Dossier, startDossier } from "./support/dossier.ts";
import { test as base, expect } from "./support/fixtures.ts";
import { startFakeModel } from "./support/servers/fake-model.ts";
import { startFakeSearch } from "./support/servers/fake-search.ts";
import { startFakeWeb } from "./support/servers/fake-web.ts";
import { type LaneScript, laneScripts, type Said, type Shown } from "./support/velsund-lanes.ts";

const surveyFact = "Eelgrass covered 58 hectares of Velsund Bay in 2018 and 83 hectares in 2024.";
const duesFact = "The harbour of Velsund went without 8.9 million crowns of dues.";
const survey = {
  kind: "html" as const,
  title: "Survey of Velsund Bay",
  paragraphs: [`${surveyFact} ${"Divers counted the shoots on the same forty lines in every summer. ".repeat(8)}`],
};

interface House extends Dossier {
  web: { url: string };
  /** Lets the lane go on that waits before its last round. */
  letGo(): void;
}

/** Three lanes that read and one that fails; two of them read the same survey at two addresses. */
function harbourScript(web: string, last: Promise<void>): LaneScript {
  const ends = (answer: string): Said => ({ report: answer, answer });
  const reads = (path: string, answer: string) => [{ report: "Nothing is known yet.", visit: `${web}${path}` }, ends(answer)];
  return {
    plans: [
      reads("/survey", surveyFact),
      reads("/copy", surveyFact),
      [
        { report: "The dues are in the accounts.", visit: `${web}/accounts` },
        { kind: "status", status: 400, message: "The lane's request is broken" },
      ],
      [
        { report: "Nothing is known yet.", visit: `${web}/accounts` },
        async () => {
          await last;
          return ends(duesFact);
        },
      ],
    ],
    extraction: JSON.stringify({ rational: "It gives the figures.", evidence: surveyFact, summary: surveyFact }),
    synthesis(shown) {
      return {
        kind: "text",
        text: `<think>\n${thought}\n</think>\n${findings(shown)}\n<answer>\n${report(shown)}\n</answer>`,
        msPerToken: 25,
      };
    },
  };
}

const thought =
  "Two lanes rest on one survey, which is one witness. The lane that failed had found the accounts. None has a count that would separate the ban from cleaner water. ".repeat(
    2,
  );
const report = ({ sourceOf }: Shown) =>
  `${surveyFact} [${sourceOf("/survey")}]\n\n## What it cost\n\n${duesFact} [${sourceOf("/accounts")}] It is not known what caused the growth.`;

function findings({ laneOf, sourceOf }: Shown): string {
  const stances = (said: Record<number, string>) =>
    Object.fromEntries(Object.entries(said).map(([plan, word]) => [laneOf(Number(plan)), word]));
  const rows = [
    {
      finding: "Cover grew from 58 ha in 2018 to 83 ha in 2024.",
      lanes: stances({ 1: "agrees", 2: "agrees", 3: "silent", 4: "agrees" }),
      sources: [sourceOf("/survey"), sourceOf("/copy")],
      verdict: "Established, on one survey.",
    },
    {
      finding: "The ban alone caused the growth.",
      lanes: stances({ 1: "differs", 2: "partly: about a third", 4: "differs: cleaner water" }),
      sources: [sourceOf("/survey")],
      verdict: "Not settled: the counts cannot separate the ban from cleaner water.",
    },
    {
      finding: "Dues forgone came to 8.9 m crowns.",
      lanes: stances({ 3: "agrees", 4: "agrees" }),
      sources: [sourceOf("/accounts"), 99],
      verdict: "Stands.",
    },
    { finding: "Boats moved to Norhavn instead.", lanes: stances({ 2: "partly: no count" }), sources: [] },
  ];
  return `<findings>\n${JSON.stringify(rows)}\n</findings>`;
}

const sixteen = Array.from({ length: 16 }, (_, index) => index + 1);
const manyScript: LaneScript = {
  plans: sixteen.map((n) => [{ report: `Lane ${n} says so.`, answer: `Lane ${n} says so.` }]),
  extraction: "",
  synthesis() {
    const words = ["agrees", "silent", "partly: only for the inner bay", "differs"];
    const rows = Array.from({ length: 12 }, (_, row) => ({
      finding: `Finding ${row + 1} is a sentence about the bay that is as long as such sentences are.`,
      lanes: Object.fromEntries(sixteen.map((lane) => [lane, words[(lane * (row + 3)) % 4]])),
      sources: [],
      verdict: "Not settled.",
    }));
    return {
      kind: "text",
      text: `<think>So.</think><findings>${JSON.stringify(rows)}</findings><answer>\nSixteen lanes said so.\n</answer>`,
    };
  },
};
const two = [[{ report: "A.", answer: "It grew." }], [{ report: "B.", answer: "It shrank." }]];
const noFindings: LaneScript = {
  plans: two,
  extraction: "",
  synthesis: () => ({ kind: "text", text: "<think>So.</think><answer>\nIt is not known.\n</answer>" }),
};
const noSynthesis: LaneScript = {
  plans: two,
  extraction: "",
  synthesis: () => ({ kind: "status", status: 400, message: "No more today" }),
};

const test = base.extend<object, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const held = Promise.withResolvers<void>();
      const web = await startFakeWeb({
        "/survey": survey,
        "/copy": survey,
        "/accounts": {
          kind: "html",
          title: "Accounts of the harbour",
          paragraphs: [`${duesFact} ${"The board approved the accounts. ".repeat(12)}`],
        },
      });
      const model = await startFakeModel(
        laneScripts({
          "eelgrass back": harbourScript(web.url, held.promise),
          "sixteen lanes": manyScript,
          "without findings": noFindings,
          "without a synthesis": noSynthesis,
        }),
        { name: "Tongyi-DeepResearch-30B-A3B" },
      );
      const search = await startFakeSearch(() => []);
      const dossier = await startDossier({
        MODEL_BASE_URL: model.url,
        MODEL_NAME: "Tongyi-DeepResearch-30B-A3B",
        SEARCH_PROVIDERS: "searxng",
        SEARXNG_URL: search.url,
        SCHOLAR_PROVIDERS: "none",
        PYTHON_SANDBOX: "off",
        FETCH_ALLOW_HOSTS: web.host,
      });
      await use({ ...dossier, web, letGo: held.resolve });
      await dossier.stop();
      await Promise.all([model.close(), web.close(), search.close()]);
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

/** Asks in Heavy mode and gives the address of the session. */
async function askHeavy(page: Page, { url }: House, question: string, lanes: number): Promise<{ session: string; runId: string }> {
  const { session } = await (await page.request.post(`${url}/api/sessions`)).json();
  const asked = await page.request.post(`${url}/api/sessions/${session.id}/runs`, {
    data: { question, mode: "heavy", lanes, budget: { calls: 20, minutes: 40 } },
  });
  const { run } = await asked.json();
  return { session: `${url}/sessions/${session.id}`, runId: run.id };
}

/** The numbers that the plans got, by what the lanes wrote: [survey, copy, failed, accounts]. */
async function lanesByPlan(page: Page, { url }: House, runId: string): Promise<number[]> {
  const log = await (await page.request.get(`${url}/api/runs/${runId}/events`, { headers: { accept: "application/json" } })).json();
  return [1, 2, 3, 4].map((plan) => {
    const step = log.find(
      (event: { type: string; report?: string }) => event.type === "step-ended" && event.report?.startsWith(`Plan ${plan},`),
    );
    return Number(/\d+$/.exec(step.lane)?.[0]);
  });
}

const eelgrass = "Did the ban bring the eelgrass back?";
const ends = (page: Page) => page.getByRole("link", { name: /Read the report/ }).first();

test.describe.configure({ mode: "serial" });
let session = "";
let runId = "";

test("it says when it begins, compares in the open, and shows where the lanes agree", async ({ page, house }) => {
  ({ session, runId } = await askHeavy(page, house, eelgrass, 4));
  await page.goto(session);
  const panel = page.getByRole("region", { name: "Synthesis" });
  await expect(panel.getByText("queued", { exact: true })).toBeVisible();
  const start = "Begins when all lanes have ended, or at 34:00 with at least 3 of 4, or at 38:00 in any case.";
  await expect(panel.getByText(start)).toBeVisible();
  await expect(panel.getByText(/Failed after 1 round/)).toBeVisible({ timeout: 30_000 });
  house.letGo();
  await expect(panel.getByText("comparing")).toBeVisible();
  await expect(panel.getByText("Told to weigh what statements rest on", { exact: false })).toBeVisible();
  await expect(panel.getByText("which is one witness", { exact: false })).toBeVisible();
  await expect(panel.getByText("done", { exact: true })).toBeVisible({ timeout: 30_000 });

  const lanes = await lanesByPlan(page, house, runId);
  const cell = (row: string, plan: number) =>
    panel
      .getByRole("row")
      .filter({ hasText: row })
      .getByRole("cell")
      .nth(Number(lanes[plan - 1]) - 1);
  await expect(cell("Cover grew", 1)).toHaveText(/agrees$/);
  await expect(cell("Cover grew", 4)).toContainText("read none of the sources");
  await expect(cell("The ban alone", 2)).toContainText("partly, about a third");
  await expect(cell("The ban alone", 3)).toContainText("silent");
  await expect(cell("Dues forgone", 3)).toHaveText(/agrees$/);
  const sum = (row: string) => panel.getByRole("row").filter({ hasText: row }).getByRole("cell").last();
  await expect(sum("Cover grew")).toContainText("3 agree, 1 silent");
  await expect(sum("Cover grew")).toContainText("1 text: both are the same text or page");
  await expect(sum("Dues forgone")).toContainText("1 text; no source has the number 99");
  await expect(sum("Boats moved")).toContainText("names no source");
  await expect(panel.getByText("as the synthesis judges, not checked", { exact: false })).toBeVisible();
  await expect(panel.getByText(`Lane ${lanes[2]}.`)).toBeVisible();
  await expect(panel.getByText(/Failed after 1 round: .*The lane's request is broken.*report after round 1 is used/)).toBeVisible();
});

test("a source of a finding opens its stored copy, and a lane is a press away", async ({ page, house }) => {
  await page.goto(session);
  const panel = page.getByRole("region", { name: "Synthesis" });
  const lanes = await lanesByPlan(page, house, runId);
  await panel.getByText("What each finding rests on").click();
  const rests = panel.getByRole("listitem").filter({ hasText: "Cover grew" }).first();
  await expect(rests.getByText("a copy of source", { exact: false })).toBeVisible();
  await rests
    .getByRole("link", { name: `Lane ${lanes[0]}`, exact: true })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`#lane-${lanes[0]}-${runId}$`));
  const lane = page.getByRole("region", { name: `Lane ${lanes[0]}`, exact: true });
  await expect(lane, "it was folded, and is not any more").toContainText(surveyFact);
  await expect(lane).toBeFocused();
  await page
    .getByRole("link", { name: /^Source \d+: Survey of Velsund Bay$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/sources\//);
  await expect(page.getByText(surveyFact, { exact: false })).toBeVisible();
});

test("of two Heavy runs in a session a lane is that of its own run", async ({ page, house }) => {
  const first = await askHeavy(page, house, "What happens without findings?", 2);
  await page.goto(first.session);
  await expect(ends(page)).toBeVisible({ timeout: 30_000 });
  const data = { question: "And what happens without findings? Again:", mode: "heavy", lanes: 2 };
  const asked = await page.request.post(`${house.url}/api${new URL(first.session).pathname}/runs`, { data });
  const { run } = await asked.json();
  await page.reload();
  await expect(page.getByRole("link", { name: /Read the report/ })).not.toHaveCount(1);
  const panel = page.getByRole("region", { name: "Synthesis" }).last();
  await expect(panel.getByText("done", { exact: true })).toBeVisible({ timeout: 30_000 });
  await panel.getByRole("link", { name: "Lane 2", exact: true }).click();
  await expect(page.locator(`#lane-2-${run.id}`)).toBeFocused();
  await page.keyboard.press("1");
  await expect(page.locator(`#lane-1-${run.id}`)).toBeFocused();
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id^=lane-], [id^=synthesis]")].map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(8);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the report says where the lanes agree, and names the lane that failed", async ({ page, house }) => {
  await page.goto(session);
  await ends(page).click();
  await page.waitForURL(/\/reports\//);
  const lanes = await lanesByPlan(page, house, runId);
  await expect(page.getByText("3 of 4 lanes gave an answer.")).toBeVisible();
  await expect(page.getByText(new RegExp(`Lane ${lanes[2]} failed after 1 round: .*Its last report is used`))).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Where the lanes agree" }).click();
  const section = page.getByRole("region", { name: "Where the lanes agree" });
  await expect(section.getByRole("rowheader", { name: "Cover grew from 58 ha" })).toBeInViewport();
  await expect(section.getByText("3 agree, 1 silent")).toBeVisible();
  await section.getByRole("link", { name: "Source 1: Survey of Velsund Bay" }).first().click();
  await expect(page).toHaveURL(/\/sources\/.*report=/);
  await expect(page.getByText(surveyFact, { exact: false }).first()).toBeVisible();
});

test("a synthesis that named no findings says so, and one that failed says what the report holds", async ({ page, house }) => {
  const plain = await askHeavy(page, house, "What happens without findings?", 2);
  await page.goto(plain.session);
  await expect(page.getByText("The synthesis named no findings to compare.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("columnheader", { name: "What it comes to" })).toHaveCount(0);
  const broken = await askHeavy(page, house, "What happens without a synthesis?", 2);
  await page.goto(broken.session);
  await expect(
    page.getByText("The report holds what each lane came to, one after the other. Nobody compared it.", { exact: false }),
  ).toBeVisible({ timeout: 30_000 });
  await ends(page).click();
  await page.waitForURL(/\/reports\//);
  await expect(page.getByText("The lanes were not brought together", { exact: false })).toBeVisible();
  await expect(page.getByRole("region", { name: "Where the lanes agree" })).toHaveCount(0);
});

async function look(browser: Browser, url: string, options: { scheme: "light" | "dark"; width: number; name: string }): Promise<void> {
  const { scheme, width, name } = options;
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 1000 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText("What each finding rests on").click();
  // The whole page is in view, so that nothing is judged by the half of it that a bar happens to cover.
  await page.setViewportSize({ width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((violation) => `${violation.id} ${violation.nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/synthesis-${name}-${width}-${scheme}.png`, fullPage: true });
  await context.close();
}

test("session and report are accessible and fit, also with sixteen lanes and twelve findings", async ({ page, browser, house }) => {
  test.setTimeout(180_000);
  const many = await askHeavy(page, house, "What do sixteen lanes say?", 16);
  await page.goto(many.session);
  await expect(ends(page)).toBeVisible({ timeout: 60_000 });
  const manyReport = await ends(page).getAttribute("href");
  await page.goto(session);
  const oneReport = await ends(page).getAttribute("href");
  const pages = {
    session: `${session}#synthesis`,
    report: `${house.url}${oneReport}`,
    "sixteen-session": `${many.session}#synthesis`,
    "sixteen-report": `${house.url}${manyReport}`,
  };
  for (const [name, url] of Object.entries(pages))
    for (const scheme of ["light", "dark"] as const) for (const width of [360, 1440]) await look(browser, url, { scheme, width, name });
});
