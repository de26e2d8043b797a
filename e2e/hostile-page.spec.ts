import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { makeLaunchLink } from "#db/queries/access.ts";
import { type Attack, attack } from "./support/hostile-page.ts";
import { listen } from "./support/servers/listen.ts";
import { expect, type SharedHouse, test } from "./support/shared-house.ts";
import { storeReport } from "./support/stored-report.ts";

const canary = "A finding that no other site may read";

/** A report in a Dossier, and a browser that is let in there and resolves every name to this machine. */
async function victim(house: SharedHouse): Promise<{ context: BrowserContext; stored: Omit<Attack, "target">; cookie: string }> {
  const stored = await storeReport(house.db.sql, {
    question: canary,
    sources: [{ title: canary, text: `${canary}.` }],
    claims: [{ claim: `${canary}.`, n: 1, passage: `${canary}.` }],
  });
  const { use } = test.info().project;
  const args = [...(use.launchOptions?.args ?? []), "--host-resolver-rules=MAP *.example 127.0.0.1"];
  const browser = await chromium.launch({ ...use.launchOptions, args });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${house.url}/launch/${await makeLaunchLink(house.db.sql)}`);
  await page.goto(`${house.url}/reports/${stored.reportId}`);
  await expect(page.getByRole("heading", { level: 1, name: canary })).toBeVisible();
  const [cookie] = await context.cookies();
  await page.close();
  return { context, stored, cookie: `${cookie?.name}=${cookie?.value}` };
}

/** Everything in the database that a request could have changed. */
async function everything({ db }: SharedHouse): Promise<unknown> {
  const [row] = await db.sql`
    select (select json_agg(sessions order by id)::text from sessions) as sessions, (select json_agg(runs order by id)::text from runs) as runs,
      (select count(*)::int from events) as events, (select json_agg(commands order by id)::text from commands) as commands,
      (select json_agg(shares order by id)::text from shares) as shares, (select json_agg(browsers order by token_hash)::text from browsers) as browsers,
      (select json_agg(launch_links order by token_hash)::text from launch_links) as links, (select count(*)::int from kept_answers) as kept`;
  return row;
}

/** Lets a page attack. What it could read, by the try; nothing was changed, and nothing of the report is in it. */
async function attackFrom(page: Page, house: SharedHouse, wanted: Attack): Promise<Record<string, string>> {
  const before = await everything(house);
  const got = await page.evaluate(attack, wanted);
  expect(Object.keys(got).length).toBeGreaterThan(60);
  expect(await everything(house)).toEqual(before);
  expect(JSON.stringify(got)).not.toContain(canary);
  return Object.fromEntries(Object.entries(got).filter((entry): entry is [string, string] => entry[1] !== null));
}

test("a page of another site or port can read nothing and start nothing in a browser that is let in", async ({ house }) => {
  const { context, stored } = await victim(house);
  const site = await listen((_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><title>Hostile</title><body>");
  });
  for (const origin of [`http://evil.example:${site.port}`, site.url]) {
    const page = await context.newPage();
    await page.goto(origin);
    expect(await attackFrom(page, house, { target: house.url, ...stored })).toEqual({});
    await page.close();
  }
  const page = await context.newPage();
  await page.goto(`${house.url}/reports/${stored.reportId}`);
  await expect(page.getByRole("heading", { level: 1, name: canary }), "the browser itself is still let in").toBeVisible();
  await context.browser()?.close();
  await site.close();
});

test("a name that was pointed at this machine while its page was open reads and starts nothing", async ({ house }) => {
  const { context, stored } = await victim(house);
  const target = `http://rebound.example:${new URL(house.url).port}`;
  // The page came from the attacker's machine; from then on its name means this one.
  await context.route(`${target}/page`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Hostile</title><body>" }),
  );
  const page = await context.newPage();
  await page.goto(`${target}/page`);
  const read = Object.entries(await attackFrom(page, house, { target, ...stored }));
  for (const [name, refusal] of read)
    expect(refusal, name).toMatch(/host name|nothing under this address|lets? nobody in|let in|another site/);
  await context.browser()?.close();
});

/** Sends bytes as they are and reads until the other side closes. */
async function raw(house: SharedHouse, head: string): Promise<string> {
  const socket = connect(Number(new URL(house.url).port), "127.0.0.1");
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

test("whoever has the cookie is refused under a wrong Host, none, two, or another address in the request line", async ({ house }) => {
  const { context, cookie } = await victim(house);
  await context.browser()?.close();
  const { host } = new URL(house.url);
  const ask = (line: string, ...hosts: string[]) =>
    raw(house, [line, ...hosts.map((each) => `Host: ${each}`), `Cookie: ${cookie}`].join("\r\n"));
  expect(await ask("GET /api/sessions HTTP/1.1", host), "as it should be").toContain(canary);
  const refused = [
    ask("GET /api/sessions HTTP/1.1", "evil.example"),
    ask("GET /api/sessions HTTP/1.1", `evil.example:${host.split(":")[1]}`),
    ask("GET /api/sessions HTTP/1.1", "127.0.0.1.evil.example"),
    ask("GET /api/sessions HTTP/1.1"),
    ask("GET /api/sessions HTTP/1.0"),
    ask("GET /api/sessions HTTP/1.1", ""),
    ask("GET /api/sessions HTTP/1.1", host, "evil.example"),
    ask("GET /api/sessions HTTP/1.1", "evil.example", host),
    ask("GET http://evil.example/api/sessions HTTP/1.1", host),
    ask(`GET http://${host}/api/sessions HTTP/1.1`, "evil.example"),
    ask("GET / HTTP/1.1", host, "evil.example"),
    ask("GET http://evil.example/ HTTP/1.1", host),
    ask("GET / HTTP/1.1", "evil.example"),
  ];
  for (const [index, answer] of (await Promise.all(refused)).entries()) {
    expect(answer, `try ${index}`).toMatch(/^HTTP\/1\.1 (400|403|404) /);
    expect(answer, `try ${index}`).not.toContain(canary);
  }
});
