import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { makeLaunchLink } from "#db/queries/access.ts";
import { nobody } from "./support/let-in.ts";
import { expect, type SharedHouse, test } from "./support/shared-house.ts";
import { storeReport } from "./support/stored-report.ts";

const canary = "Whoever reads this was let in";
const stored = (house: SharedHouse) =>
  storeReport(house.db.sql, {
    question: canary,
    sources: [{ title: canary, text: `${canary}.` }],
    claims: [{ claim: `${canary}.`, n: 1, passage: `${canary}.`, status: "quoted" }],
  });

/** Every route and page there is, from the folders that make them. */
const open = [/^api\/health\//, /^launch\//, /^sign-in\//, /^shared\//];
const files = globSync("app/**/{route.ts,page.tsx}").map((path) => path.slice("app/".length));
const guarded = files.filter((path) => !open.some((each) => each.test(path)));

interface Known {
  sessionId: string;
  runId: string;
  reportId: string;
  sourceId: string;
}
const pathOf = (file: string, known: Known) =>
  `/${file
    .replace(/\/?(route\.ts|page\.tsx)$/, "")
    .replace(/\(\w+\)\/?/g, "")
    .replace(/\[(\w+)\]/g, (_, name: string) => known[name as keyof Known] ?? "00000000-0000-4000-8000-000000000000")}`;

test("every page and every method of every route refuses a browser that is not let in, and a wrong token", async ({ house }) => {
  expect(guarded.length).toBeGreaterThan(25);
  const report = await stored(house);
  const [source] = await house.db.sql<{ id: string }[]>`select id from sources where run_id = ${report.runId}`;
  const known = { ...report, sourceId: source?.id ?? "" };
  const strangers: Record<string, string>[] = [
    {},
    { cookie: `dossier-${new URL(house.url).port}=${"A".repeat(43)}` },
    { cookie: `dossier-1=${"A".repeat(43)}; dossier-${new URL(house.url).port}=` },
  ];
  const wrongTokens: Record<string, string>[] = [{ authorization: "Bearer wrong" }, { authorization: "Basic d3Jvbmc=" }];
  for (const file of guarded) {
    const url = `${house.url}${pathOf(file, known)}`;
    if (file.endsWith("page.tsx")) {
      const ahead = await fetch(url, { headers: { "next-router-prefetch": "1", rsc: "1" } });
      expect(await ahead.text(), "looked at ahead").not.toContain(canary);
      for (const headers of [...strangers, { rsc: "1" }]) {
        const answer = await fetch(url, { headers, redirect: headers.rsc ? "follow" : "manual" });
        const body = await answer.text();
        // Next tells its own client of a redirect within an answer.
        const to = headers.rsc ? /NEXT_REDIRECT;replace;(\/[\w-]*);/.exec(body)?.[1] : answer.headers.get("location");
        expect(to, `${file} ${JSON.stringify(headers)}`).toBe("/sign-in");
        expect(body).not.toContain(canary);
      }
      continue;
    }
    const methods = [...readFileSync(`app/${file}`, "utf8").matchAll(/^export (?:const|async function) (GET|POST|PUT|PATCH|DELETE)\b/gm)];
    expect(methods.length, file).toBeGreaterThan(0);
    for (const [, method = ""] of methods)
      for (const headers of [...strangers, ...wrongTokens]) {
        const answer = await fetch(url, { method, headers });
        expect(answer.status, `${method} ${file}`).toBe(401);
        expect(answer.headers.get("content-type")).toContain("application/problem+json");
        expect(await answer.text()).not.toContain(canary);
      }
  }
});

test("a launch link lets in one browser, once; whoever looks ahead, and a browser that is in, do not use it up", async ({
  house,
  browser,
}) => {
  const link = `${house.url}/launch/${await makeLaunchLink(house.db.sql)}`;
  const looks: Record<string, string>[] = [{ "sec-purpose": "prefetch" }, { "sec-fetch-dest": "image" }, { "user-agent": "Slackbot 1.0" }];
  for (const headers of looks) expect((await fetch(link, { headers })).status).toBe(403);
  expect((await fetch(link, { method: "HEAD" })).headers.get("set-cookie")).toBeNull();

  const known = await browser.newPage();
  await known.goto(link);
  await expect(known).toHaveURL(`${house.url}/`);
  await known.close();

  const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(link, { redirect: "manual" })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, ...Array(7).fill(404)]);
  const winner = answers.find(({ status }) => status === 303);
  expect(winner?.headers.get("set-cookie")).toMatch(/^dossier-\d+=[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
  expect(winner?.headers.get("cache-control")).toBe("no-store");
  const secure = await fetch(`${house.url}/launch/${await makeLaunchLink(house.db.sql)}`, {
    headers: { "x-forwarded-proto": "https" },
    redirect: "manual",
  });
  expect(secure.headers.get("set-cookie")).toMatch(/; Secure$/);
  expect(house.said()).not.toContain(link.split("/").at(-1));
});

test("neither an old link, a link's hash, nor a copy of the database lets anybody in", async ({ house }) => {
  const { sql } = house.db;
  const old = await makeLaunchLink(sql);
  await sql`update launch_links set expires_at = now() - interval '1 second'`;
  expect((await fetch(`${house.url}/launch/${old}`)).status).toBe(404);
  await makeLaunchLink(sql);
  const rows = await sql<{ hash: Uint8Array }[]>`
    select token_hash as hash from launch_links union all select token_hash from browsers`;
  expect(rows.length).toBeGreaterThan(1);
  for (const { hash } of rows)
    for (const token of [Buffer.from(hash).toString("base64url"), Buffer.from(hash).toString("hex")]) {
      expect((await fetch(`${house.url}/launch/${token}`)).status).toBe(404);
      const cookie = `dossier-${new URL(house.url).port}=${token}`;
      expect((await fetch(`${house.url}/api/sessions`, { headers: { cookie } })).status).toBe(401);
    }
});

test("a browser that was not seen for a day is renewed, and one that did not come for a year is not let in", async ({ house }) => {
  const { sql } = house.db;
  const entered = await fetch(`${house.url}/launch/${await makeLaunchLink(sql)}`, { redirect: "manual" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const hash = createHash("sha256")
    .update(cookie.slice(cookie.indexOf("=") + 1))
    .digest();
  const ask = () => fetch(`${house.url}/api/sessions`, { headers: { cookie } });
  expect((await ask()).headers.get("set-cookie")).toBeNull();
  await sql`update browsers set seen_at = now() - interval '2 days', expires_at = now() + interval '5 days' where token_hash = ${hash}`;
  expect((await ask()).headers.get("set-cookie")).toContain(`${cookie}; Path=/; Max-Age=31536000`);
  expect((await ask()).headers.get("set-cookie")).toBeNull();
  const [row] = await sql<{ long: boolean }[]>`
    select expires_at > now() + interval '364 days' as long from browsers where token_hash = ${hash}`;
  expect(row?.long).toBe(true);
  await sql`update browsers set expires_at = now() where token_hash = ${hash}`;
  expect((await ask()).status).toBe(401);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`who is not let in is told how, signs in with the token and out again; accessible at 360 px, ${colorScheme}`, async ({
    house,
    browser,
  }) => {
    const viewport = { width: 360, height: 740 };
    const context = await browser.newContext({ storageState: nobody, javaScriptEnabled: true, colorScheme, viewport });
    const page = await context.newPage();
    const check = async (title: string) => {
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${title}: ${id} ${nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${title.slice(0, 12)} ${colorScheme}.png`, fullPage: true });
    };
    await page.goto(`${house.url}/shares`);
    await check("This browser is not let in yet");
    await page.getByLabel(/^The API_TOKEN/).fill("a guess, and a wrong one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await check("This is not the token");
    await page.goto(`${house.url}/launch/${"A".repeat(43)}`);
    await check("This link lets nobody in");
    await page.getByLabel(/^The API_TOKEN/).fill(house.token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { name: "What do you want to establish?" })).toBeVisible();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });

    await page.goto(`${house.url}/shares`);
    await page.getByRole("button", { name: "Sign this browser out" }).click();
    await check("This browser is not let in yet");
    expect(await context.cookies()).toEqual([]);
    const again = await fetch(`${house.url}/api/sessions`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } });
    expect(again.status, "a copy of the cookie is worth nothing either").toBe(401);
    await context.close();
  });
}
