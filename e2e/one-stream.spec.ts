import type { BrowserContext, Page } from "@playwright/test";
import { expect, harbourFact, type ScriptedHouse, test } from "./support/fixtures.ts";
import { startWatchingProxy, type WatchingProxy } from "./support/servers/watching-proxy.ts";

const thought = (parts: number) => Array.from({ length: parts }, (_, index) => `Part ${index} of what I weigh.`).join(" ");
const thinking = (parts: number, msPerToken: number) => ({
  kind: "text" as const,
  text: `<think>\n${thought(parts)}\n</think>\n<answer>${harbourFact}</answer>`,
  msPerToken,
});

async function askBy(house: ScriptedHouse, question: string): Promise<{ sessionId: string; runId: string }> {
  const post = async (path: string, body: object) =>
    (await house.fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).json();
  const { session } = await post("/api/sessions", {});
  const { run } = await post(`/api/sessions/${session.id}/runs`, { question });
  return { sessionId: session.id, runId: run.id };
}
const stop = (house: ScriptedHouse, runId: string) =>
  house.fetch(`/api/runs/${runId}/stop`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "now" }),
  });
const reportOf = (page: Page) => page.getByRole("link", { name: /Read the report/ });
const streams = (proxy: WatchingProxy) => proxy.underWay().filter((path) => /\/events/.test(path));

/** Ends the worker that holds the stream as a crash does: nobody is told. */
async function killWorker(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error("There is no browser to ask");
  const { targetInfos } = await session.send("Target.getTargets");
  const worker = targetInfos.find((target) => target.type === "shared_worker");
  if (!worker) throw new Error("No worker holds a stream");
  await session.send("Target.closeTarget", { targetId: worker.targetId });
}

test("twelve tabs on twelve runs follow over one connection, and leave the others to requests; a dead holder is replaced", async ({
  page,
  scripted,
}) => {
  test.setTimeout(150_000); // twelve pages on a busy machine
  scripted.script([thinking(2_000, 100)]);
  const proxy = await startWatchingProxy(scripted.url);
  const asked = await Promise.all(Array.from({ length: 12 }, (_, index) => askBy(scripted, `What does tab ${index} show?`)));
  const tabs = [page, ...(await Promise.all(Array.from({ length: 11 }, () => page.context().newPage())))];
  await Promise.all(tabs.map((tab, index) => tab.goto(`${proxy.url}/sessions/${asked[index]?.sessionId}`, { waitUntil: "commit" })));
  const followed = () => streams(proxy).map((path) => new URL(path, proxy.url).searchParams.getAll("run").length);
  await expect.poll(followed, { timeout: 90_000 }).toEqual([12]);
  const before = streams(proxy)[0];
  expect(await page.evaluate(() => fetch("/api/sessions").then((response) => response.status))).toBe(200);
  await killWorker(page.context());
  const replaced = () => (streams(proxy).includes(before ?? "") ? "the one before is open" : followed());
  await expect.poll(replaced, { timeout: 30_000 }).toEqual([12]);
  await Promise.all(asked.map(({ runId }) => stop(scripted, runId)));
  for (const tab of tabs) await expect(tab.getByText(/Stopped/).first()).toBeVisible({ timeout: 20_000 });
  await expect.poll(followed).toEqual([]);
  await Promise.all(tabs.slice(1).map((tab) => tab.close()));
  proxy.close();
});

test("a browser without shared workers has a stream of the page's own", async ({ page, scripted }) => {
  scripted.script([thinking(10, 20)]);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
  const { sessionId } = await askBy(scripted, "Is there a worker?");
  const stream = page.waitForRequest(/\/api\/events\?run=/); // a worker's requests are not the page's
  await page.goto(`${scripted.url}/sessions/${sessionId}`);
  await stream;
  await expect(reportOf(page)).toBeVisible({ timeout: 20_000 });
});

test("behind a proxy that holds answers back the page asks for the log instead", async ({ page, scripted }) => {
  scripted.script([thinking(80, 15)]);
  const proxy = await startWatchingProxy(scripted.url);
  const { sessionId } = await askBy(scripted, "What if a proxy buffers?");
  proxy.holdBack();
  await page.goto(`${proxy.url}/sessions/${sessionId}`);
  await expect(page.getByText("of what I weigh").first()).toBeVisible({ timeout: 15_000 });
  await expect(reportOf(page)).toBeVisible({ timeout: 30_000 });
  proxy.close();
});

test("a page that was frozen shows the run exactly as a page that saw all of it", async ({ page, scripted }) => {
  scripted.script([thinking(60, 20)]);
  const { sessionId } = await askBy(scripted, "What was missed?");
  const watcher = await page.context().newPage();
  await Promise.all([page, watcher].map((each) => each.goto(`${scripted.url}/sessions/${sessionId}`)));
  await expect(page.getByText("of what I weigh").first()).toBeVisible();
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await expect(watcher.getByText("Part 20 of").first()).toBeVisible({ timeout: 15_000 });
  await session.send("Page.setWebLifecycleState", { state: "active" });
  for (const each of [page, watcher]) await expect(reportOf(each)).toBeVisible({ timeout: 20_000 });
  const steps = (each: Page) => each.getByRole("list", { name: "Steps" }).allInnerTexts();
  expect(await steps(page)).toEqual(await steps(watcher));
  await watcher.close();
});
