import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import { keepFigure } from "#db/queries/figures.ts";
import { nobody } from "./support/let-in.ts";
import { expect, type Link, type SharedHouse, shareOf, test } from "./support/shared-house.ts";
import { storeReport } from "./support/stored-report.ts";

const sources = [
  {
    title: "The harbour of Velsund",
    text: "# The harbour\n\nVelsund lies on the coast. The harbour was dredged to nine metres in 1911.\n\nIt is old.",
  },
  { title: "accounts.pdf", text: "Dues: 4.1 million crowns.", url: "attachment:///7f7e/accounts.pdf", site: "your file" },
];
const claims = [
  {
    claim: "The harbour was dredged to nine metres in 1911.",
    n: 1,
    passage: "The harbour was dredged to nine metres in 1911.",
    status: "quoted",
  },
  { claim: "It took in four million crowns.", n: 2, passage: "Dues: 4.1 million crowns.", status: "weak", reason: "The source says 4.1." },
] as const;
const steps = [
  { thought: "I need the depth.", tool: "search", arguments: { query: ["Velsund depth"] }, observation: "An observation of the harbour." },
];

const stored = (house: SharedHouse) =>
  storeReport(house.db.sql, { question: "How deep is the harbour of Velsund?", sources, claims, steps });

/** A browser that knows nothing of the house, without scripts. */
const reader = async (browser: Browser) => (await browser.newContext({ javaScriptEnabled: false, storageState: nobody })).newPage();

test("a link is made in the dialog, opens without scripts in a clean browser, and is revoked within a second", async ({
  page,
  house,
  browser,
}) => {
  const { reportId } = await stored(house);
  await page.goto(`${house.url}/reports/${reportId}`);
  await page.getByRole("button", { name: "Share", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "Share version 1" });
  await expect(dialog.getByText("“accounts.pdf” is a file or document of yours.")).toBeVisible();
  await expect(dialog.getByLabel("Search engines may list it")).not.toBeChecked();
  await dialog.getByLabel("The report and its sources").first().check();
  await dialog.getByRole("button", { name: "Create the link" }).click();
  const address = dialog.getByRole("textbox", { name: "The link, shown this once" });
  await expect(address).toBeFocused();
  const url = await address.inputValue();

  const clean = await reader(browser);
  await clean.goto(url);
  await expect(clean.getByRole("heading", { level: 1, name: "How deep is the harbour of Velsund?" })).toBeVisible();
  await expect(clean.getByText("Tongyi-DeepResearch-30B-A3B, a language model")).toBeVisible();
  const card = clean.getByRole("group", { name: "Passage of source 1, quoted" });
  await clean.getByRole("button", { name: "Source 1, quoted" }).click();
  await expect(card).toHaveJSProperty("popover", "auto");
  expect(await card.evaluate((element) => element.matches(":popover-open"))).toBe(true);
  await card.getByRole("link", { name: "Open the stored copy here" }).click();
  await expect(clean.locator("mark")).toHaveText("The harbour was dredged to nine metres in 1911.");

  await page.keyboard.press("Escape");
  await page.goto(`${house.url}/shares`);
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "How deep is the harbour" }).first();
  await expect(row).toContainText("opened 1 time");
  await row.getByRole("button", { name: /Revoke/ }).click();
  await expect(row).toContainText("revoked");
  await clean.goto(url);
  await expect(clean.getByText("This link does not open")).toBeVisible();
  await clean.context().close();
});

test("a link opens what its scope says, and of this report only", async ({ request, house }) => {
  const { reportId } = await stored(house);
  const parts = ["", "/md", "/sources/1", "/sources/2", "/trace"];
  const opened = async (link: Link) => Promise.all(parts.map(async (part) => (await request.get(`${link.url}${part}`)).status() === 200));
  const at = { house, reportId };
  expect(await opened(await shareOf(request, at))).toEqual([true, true, false, false, false]);
  expect(await opened(await shareOf(request, { ...at, scope: "sources" }))).toEqual([true, true, true, true, false]);
  const whole = await shareOf(request, { ...at, scope: "trace" });
  expect(await opened(whole)).toEqual([true, true, true, true, true]);
  const other = await stored(house);
  const [source] = await house.db.sql`select id from sources where run_id = ${other.runId}`;
  const elsewhere = [`/sources/${source?.id}`, "/sources/3", "/sources/read-1", `/reports/${other.reportId}`, "/figures/1", "/bundle"];
  for (const path of elsewhere) expect((await request.get(`${whole.url}${path}`)).status(), path).toBe(404);
  const text = await (await request.get(`${whole.url}/trace`)).text();
  expect(text).toContain("An observation of the harbour.");
  expect(text).not.toMatch(/worker-of-the-house|prompt of the house/i);
  for (const id of Object.values(other)) expect(text).not.toContain(id);
});

test("whatever does not open is answered alike, with the same headers", async ({ request, house }) => {
  const { reportId } = await stored(house);
  const open = await shareOf(request, { house, reportId });
  const revoked = await shareOf(request, { house, reportId });
  const ended = await shareOf(request, { house, reportId });
  await request.delete(`${house.url}/api/shares/${revoked.id}`);
  expect((await request.delete(`${house.url}/api/shares/${revoked.id}`)).status()).toBe(204);
  await house.db.sql`update shares set expires_at = now() - interval '1 second' where id = ${ended.id}`;
  const closed = [
    revoked.url,
    ended.url,
    `${house.url}/shared/${"A".repeat(43)}`,
    `${house.url}/shared/short`,
    `${open.url}/trace`,
    `${open.url}/sources/1`,
    `${open.url}/nothing/here/at/all`,
  ];
  const answers = await Promise.all(closed.map((url) => request.get(url)));
  const [first] = await Promise.all(answers.map((answer) => answer.text()));
  for (const answer of answers) {
    expect(answer.status()).toBe(404);
    expect(await answer.text()).toBe(first);
  }
  for (const answer of [...answers, await request.get(open.url), await request.get(`${open.url}/md`), await request.head(open.url)]) {
    const headers = answer.headers();
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'none'; style-src 'sha256-[^']+'/);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-robots-tag"]).toBe("noindex, noarchive");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cache-control"]).toBe("private, no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["set-cookie"]).toBeUndefined();
  }
});

test("a page is sent compressed, a PDF as a file, and the picture of a script under the link", async ({ request, house }) => {
  const { reportId, runId } = await stored(house);
  const bytes = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const figure = await keepFigure(house.db.sql, runId, { name: "dues.png", width: 1, height: 1, bytes });
  await keepFigure(house.db.sql, runId, { name: "not-shown.png", width: 1, height: 1, bytes: Buffer.concat([bytes, bytes]) });
  await house.db
    .sql`update reports set figures = ${house.db.sql.json([figure])}, markdown = markdown || ${"\n\n![Dues](figure:1)\n"} where id = ${reportId}`;
  const { url } = await shareOf(request, { house, reportId });
  expect((await request.get(url)).headers()["content-encoding"]).toBe("gzip");
  const picture = await request.get(`${url}/figures/1`);
  expect(picture.headers()["content-type"]).toBe("image/png");
  expect(await picture.body()).toEqual(bytes);
  expect((await request.get(`${url}/figures/2`)).status()).toBe(404);
  expect(await (await request.get(url)).text()).toContain(`${new URL(url).pathname}/figures/1`);
  const pdf = await request.get(`${url}/pdf`);
  expect(pdf.headers()["content-disposition"]).toMatch(/^attachment; .*\.pdf/);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("everybody gets the same bytes, no cookie is set, and the token is in no log", async ({ request, house, playwright }) => {
  const { reportId } = await stored(house);
  const link = await shareOf(request, { house, reportId, scope: "trace" });
  const anonymous = await playwright.request.newContext();
  const known = await playwright.request.newContext({
    extraHTTPHeaders: { cookie: "theme=dark; time_zone=Asia/Tokyo", "accept-language": "de" },
  });
  for (const path of ["", "/trace", "/sources/1"]) {
    const [one, other] = await Promise.all([anonymous.get(`${link.url}${path}`), known.get(`${link.url}${path}`)]);
    expect(await one.body()).toEqual(await other.body());
  }
  expect((await anonymous.storageState()).cookies).toEqual([]);
  await Promise.all([anonymous.dispose(), known.dispose()]);
  const token = String(link.url.split("/").at(-1));
  expect(house.said()).not.toContain(token);
  const [dump] = await house.db.sql`select string_agg(shares::text, '') as rows from shares`;
  expect(dump?.rows).not.toContain(token);
});

test("views are counted, looks ahead and machines are not", async ({ request, house, browser }) => {
  const { reportId } = await stored(house);
  const link = await shareOf(request, { house, reportId });
  const clean = await reader(browser);
  await clean.goto(link.url);
  await clean.goto(link.url);
  await request.head(link.url);
  await request.get(link.url, { headers: { "sec-purpose": "prefetch" } });
  await request.get(link.url, { headers: { "user-agent": "Slackbot-LinkExpanding 1.0" } });
  await request.get(`${link.url}/md`);
  const { items } = await (await request.get(`${house.url}/api/shares?reportId=${reportId}`)).json();
  expect(items).toMatchObject([{ id: link.id, views: 2 }]);
  await clean.context().close();
});

test("a preview in a chat tells the question only where search engines may list it", async ({ request, house }) => {
  const { reportId } = await stored(house);
  const hidden = await request.get((await shareOf(request, { house, reportId })).url);
  expect(await hidden.text()).toContain('<meta property="og:title" content="A shared report">');
  const listed = await request.get((await shareOf(request, { house, reportId, indexable: true })).url);
  expect(await listed.text()).toContain('<meta property="og:title" content="How deep is the harbour of Velsund?">');
  expect(listed.headers()["x-robots-tag"]).toBeUndefined();
  const robots = await (await request.get(`${house.url}/robots.txt`)).text();
  expect(robots).not.toMatch(/disallow: *\S/i);
});

const wrong: [string, object, string][] = [
  ["an unknown scope", { scope: "all" }, "scope"],
  ["an end in the past", { expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
  ["an end far away", { expiresAt: "2099-01-01T00:00:00Z" }, "expiresAt"],
  ["no end", { expiresAt: null }, "expiresAt"],
];
for (const [name, data, field] of wrong) {
  test(`${name} is refused with the field's name`, async ({ request, house }) => {
    const { reportId } = await stored(house);
    const answer = await request.post(`${house.url}/api/reports/${reportId}/shares`, { data });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({ field });
  });
}

test("who tries tokens has to wait, and what opens is kept from nobody", async ({ request, house }) => {
  const { reportId } = await stored(house);
  const link = await shareOf(request, { house, reportId });
  const tried = { headers: { "x-forwarded-for": "203.0.113.7" } };
  const statuses: number[] = [];
  for (let n = 0; n < 40; n += 1) statuses.push((await request.get(`${house.url}/shared/${"B".repeat(40)}${100 + n}`, tried)).status());
  expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 404));
  expect(statuses.slice(30).every((status) => status === 429)).toBe(true);
  expect((await request.get(link.url, tried)).status()).toBe(200);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 768, 1440]) {
    test(`what is shared, and the dialog that shares it, are accessible and fit at ${width} px, ${colorScheme}`, async ({
      request,
      house,
      browser,
    }) => {
      const { reportId } = await stored(house);
      const link = await shareOf(request, { house, reportId, scope: "trace" });
      const page = await (await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" })).newPage();
      const check = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${name} scrolls sideways`,
        ).toBeLessThanOrEqual(0);
      };
      await page.goto(link.url);
      await check("report");
      await page.getByRole("button", { name: "Source 2, weak" }).click();
      await check("open card");
      await page.goto(`${link.url}/sources/1`);
      await check("source");
      await page.goto(`${link.url}/trace`);
      for (const step of await page.locator("summary").all()) if (await step.isVisible()) await step.click();
      await check("trace");
      await page.goto(`${link.url}x`);
      await check("closed");
      await page.goto(`${house.url}/shares`);
      await page
        .getByRole("button", { name: /Revoke/ })
        .first()
        .waitFor();
      await check("list of links");
      await page.goto(`${house.url}/reports/${reportId}`);
      await page.getByRole("button", { name: "Share", exact: true }).first().click();
      await page.getByRole("dialog").getByText("Links to this version").waitFor();
      await check("dialog");
      await page.getByRole("button", { name: "Create the link" }).click();
      await page.getByRole("textbox", { name: /The link/ }).waitFor();
      await check("link made");
      await page.context().close();
    });
  }
}
