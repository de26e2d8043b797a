import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "@playwright/test";
import { reportById } from "#db/queries/reports.ts";
import { toHtmlDocument } from "#lib/reports/html-document.ts";
import { hostileTexts, linesOf } from "./support/hostile-texts.ts";
import { expect, type SharedHouse, shareOf, test } from "./support/shared-house.ts";
import { storeReport } from "./support/stored-report.ts";

/** Texts that share a report: enough to be quick, few enough to tell which of them it was. */
const together = 30;
/** REAL_DATA_ALL takes every line; without it every fourth, which is what a quarter of an hour has room for. */
const real = process.env.REAL_DATA
  ? linesOf(`${process.env.REAL_DATA}/payloads/XSS Injection`).filter((_, n) => process.env.REAL_DATA_ALL || n % 4 === 0)
  : [];
const batches = Array.from({ length: Math.ceil(hostileTexts.length / together) }, (_, n) =>
  hostileTexts.slice(n * together, (n + 1) * together),
);
const realBatches = Array.from({ length: Math.ceil(real.length / together) }, (_, n) => real.slice(n * together, (n + 1) * together));

/** Everything a page may not do, and what it did of it. */
async function watched(context: BrowserContext, allowed: (url: URL) => boolean): Promise<{ page: Page; deeds: string[] }> {
  const deeds: string[] = [];
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (allowed(url)) return route.continue();
    deeds.push(`asked for ${url.href}`);
    return route.abort();
  });
  await context.exposeBinding("ran", (_, what: string) => deeds.push(`ran ${what}`));
  await context.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "print"])
      Object.defineProperty(window, name, { value: () => Reflect.get(window, "ran")(name), writable: false });
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    deeds.push(`opened a ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => message.type() === "error" && deeds.push(`complained: ${message.text()}`));
  page.on("pageerror", (error) => deeds.push(`failed: ${error.message}`));
  page.on("popup", () => deeds.push("opened a window"));
  return { page, deeds };
}

/** Elements and attributes that only a text of somebody else could have made. Next's own scripts have the nonce of the page. */
const foreignParts = (page: Page) =>
  page.evaluate(() => {
    const never = /^(iframe|object|embed|base|video|audio|marquee|xss|foreignobject|animate|picture|source)$/;
    const addresses = /^(href|src|action|formaction|xlink:href|srcset|srcdoc|ping|poster|data)$/i;
    const found: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      const name = element.localName;
      if (never.test(name) || (name === "script" && !(element as HTMLScriptElement).nonce)) found.push(name);
      if (name === "img" && !/^\/(api|shared)\//.test(element.getAttribute("src") ?? "")) found.push(`img ${element.getAttribute("src")}`);
      for (const { name: attribute, value } of element.attributes) {
        const isAddress = addresses.test(attribute) && name !== "script" && name !== "link";
        if (/^on/i.test(attribute) || (isAddress && !/^(https?:|mailto:|\/|#)/i.test(value))) found.push(`${name} ${attribute}=${value}`);
      }
    }
    return found;
  });

function reportWith(texts: readonly string[]) {
  const all = texts.join("\n\n");
  const sources = texts.map((text, index) => ({
    title: text,
    text: index === 0 ? `Before.\n\n${all}\n\nAfter.` : `Before. ${text} After.`,
    url: index % 3 === 0 ? text : index % 3 === 1 ? `https://source.example/?q=${text}` : `attachment:///1/${text}`,
    site: text,
  }));
  const claims = texts.map((text, index) => ({ claim: text, n: index + 1, passage: text, reason: text, status: "weak" as const }));
  const paragraphs = texts.map((text, index) => {
    const line = text.replaceAll("\n", " ");
    return [
      `${line} [${index + 1}]`,
      `## ${line}`,
      `- ${line}`,
      `[a link](${line}) and ![a picture](${line}) and <${line}>`,
      `| a | b |\n| - | - |\n| ${line} | ${line} |`,
      `$${line}$ and $$${line}$$`,
      `\`${line}\``,
      `\`\`\`${line}\n${text}\n\`\`\``,
      text,
    ].join("\n\n");
  });
  const steps = texts.map((text) => ({
    thought: text,
    tool: text,
    arguments: { [text]: text, url: [text], query: text, code: text },
    observation: text,
  }));
  const markdown = paragraphs.join("\n\n");
  return {
    question: all,
    markdown,
    sources,
    claims,
    steps,
    more: { limitations: [...texts], removedMarks: [...texts], model: all, judge: all },
  };
}

async function look(house: SharedHouse, context: BrowserContext, request: Parameters<typeof shareOf>[0], texts: readonly string[]) {
  const { reportId, sessionId } = await storeReport(house.db.sql, reportWith(texts));
  const report = await reportById(house.db.sql, reportId);
  if (!report) throw new Error("The report was not stored");
  const folder = await mkdtemp(join(tmpdir(), "dossier-html-"));
  const file = pathToFileURL(join(folder, "report.html")).href;
  await writeFile(join(folder, "report.html"), toHtmlDocument(report));
  const links = await Promise.all((["report", "sources", "trace"] as const).map((scope) => shareOf(request, { house, reportId, scope })));
  const whole = String(links[2]?.url);
  const shared = [...links.map(({ url }) => url), `${whole}/sources/1`, `${whole}/sources/${texts.length}`, `${whole}/trace`];
  const own = [`/reports/${reportId}`, `/sources/${report.sources[0]?.id}?start=9&end=200`, `/sessions/${sessionId}`, "/shares"].map(
    (path) => house.url + path,
  );
  const { page, deeds } = await watched(
    context,
    (url) => url.origin === house.url || url.href === file || url.protocol === "data:" || url.protocol === "blob:",
  );
  for (const url of [file, ...shared, ...own]) {
    await page.goto(url);
    await page.locator("h1").first().waitFor({ state: "attached" });
    const isOurs = own.includes(url);
    if (isOurs) await page.waitForLoadState("networkidle");
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    const mark = page.getByRole("button", { name: /^Source 1, weak/ }).first();
    if (await mark.isVisible()) await mark.click();
    expect({ url, deeds, foreign: await foreignParts(page) }).toEqual({ url, deeds: [], foreign: [] });
  }
  await rm(folder, { recursive: true });
  await house.db.sql`delete from sessions where id = ${sessionId}`;
}

test("the watch sees a script that runs and a request that leaves", async ({ context }) => {
  const { page, deeds } = await watched(context, (url) => url.protocol === "data:");
  const hostile = "<body><img src=https://evil.example/pixel><iframe srcdoc=x></iframe><script>alert(1)</script>";
  await page.goto(`data:text/html,${encodeURIComponent(hostile)}`);
  await expect.poll(() => deeds).toEqual(expect.arrayContaining(["asked for https://evil.example/pixel", "ran alert"]));
  expect(await foreignParts(page)).toEqual(expect.arrayContaining(["iframe", "script", "img https://evil.example/pixel"]));
});

for (const [index, texts] of [...batches, ...realBatches].entries()) {
  test(`no script runs and no request leaves: texts ${index * together + 1} and on`, async ({ house, context, request }) => {
    test.setTimeout(180_000);
    await look(house, context, request, texts);
  });
}
