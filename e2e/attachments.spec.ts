import { connect } from "node:net";
import { Readable } from "node:stream";
import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Page } from "@playwright/test";
import { answerTurn, expect, test } from "./support/fixtures.ts";

const gauges = { name: "tide gauges.csv", mimeType: "text/csv", buffer: Buffer.from("year,depth in metres\n1911,9\n1912,9\n") };
const minutes = { name: "minutes.md", mimeType: "", buffer: Buffer.from("# Minutes\n\nThe harbour was dredged to **nine metres**.\n") };
/** Named as a table, and a program by its bytes. */
const program = {
  name: "setup.exe",
  mimeType: "text/csv",
  buffer: Buffer.concat([Buffer.from("MZ\x90\0\x03\0", "latin1"), Buffer.alloc(600)]),
};
type File = { name: string; mimeType: string; buffer: Buffer };

const parseTurn = {
  kind: "text" as const,
  text: `<think>\nI read the file.\n</think>\n<tool_call>\n${JSON.stringify({ name: "parse_file", arguments: { files: [gauges.name] } })}\n</tool_call>`,
};
const choose = (page: Page, files: File[]) => page.getByLabel("Attach files").setInputFiles(files);
const chip = (page: Page, text: string) =>
  page.getByRole("list", { name: "Files", exact: true }).getByRole("listitem").filter({ hasText: text });
const startButton = (page: Page) => page.getByRole("button", { name: "Start research" });

test("files are uploaded with a question, named to the model, read by it, and stay for the next question", async ({ page, scripted }) => {
  scripted.script([parseTurn, answerTurn]);
  await page.goto(scripted.url);
  await page.getByLabel("Question").fill("How deep do the gauges say it is?");
  await choose(page, [gauges, minutes]);
  await expect(chip(page, gauges.name)).toContainText("CSV table, 35 bytes");
  await expect(chip(page, minutes.name)).toContainText("Markdown");
  await startButton(page).click();
  await page.waitForURL(/\/sessions\//);

  const files = page.getByRole("list", { name: "Files of this question" });
  await expect(files.getByRole("listitem")).toHaveText([/tide gauges\.csv\s*CSV table, 35 bytes/, /minutes\.md\s*Markdown/]);
  await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("list", { name: "Steps" }).getByRole("listitem").first().getByRole("button").first().click();
  const steps = page.getByRole("list", { name: "Steps" });
  await expect(steps.getByText("parse_file", { exact: true }).first()).toBeVisible();
  await expect(steps.getByText(gauges.name).first()).toBeVisible();
  const download = page.waitForEvent("download");
  await files.getByRole("link", { name: /tide gauges/ }).click();
  expect((await download).suggestedFilename()).toBe(gauges.name);

  const question = scripted.model.requests.map((each) => each.messages[1]?.content).find((content) => content?.includes("gauges say"));
  expect(question).toBe(
    "How deep do the gauges say it is?\n\nUploaded files, to be read with parse_file:\n- tide gauges.csv (CSV table, 35 bytes)\n- minutes.md (Markdown, 55 bytes)",
  );

  scripted.script([answerTurn]);
  await page.getByLabel("Follow-up question").fill("And the minutes?");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("heading", { name: "And the minutes?" })).toBeVisible();
  await expect(files).toHaveCount(2);
  await expect(files.last().getByRole("listitem")).toHaveCount(2);
});

test("a file that cannot be read is refused in a sentence; the question and the other files stay", async ({ browser, scripted }) => {
  const page = await browser.newPage(); // the refusal is an error in its console, as it should be
  await page.goto(scripted.url);
  await page.getByLabel("Question").fill("Is this kept?");
  await choose(page, [program, gauges]);
  await expect(chip(page, program.name)).toContainText(/was not added\. It is a program .* can be read\./);
  await expect(page.getByRole("status").filter({ hasText: "tide gauges.csv is attached." })).toBeAttached();
  await expect(chip(page, gauges.name)).toContainText("CSV table");
  await expect(page.getByLabel("Question")).toHaveValue("Is this kept?");
  await page.getByRole("button", { name: "Remove setup.exe" }).click();
  await expect(chip(page, program.name)).toHaveCount(0);
  await expect(page.getByLabel("Question")).toBeFocused();
  await expect(startButton(page)).toBeEnabled();
  await page.close();
});

test("while a file is on its way its progress is shown and the question waits", async ({ page, scripted }) => {
  await page.goto(scripted.url);
  const client = await page.context().newCDPSession(page);
  await client.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 });
  await page.getByLabel("Question").fill("How long does it take?");
  await choose(page, [{ ...gauges, buffer: Buffer.from("1911,9\n".repeat(150_000)) }]);
  await expect(chip(page, gauges.name)).toContainText(/\d\d %/);
  await expect(page.getByRole("button", { name: "Uploading" })).toBeDisabled();
  await expect(chip(page, gauges.name)).toContainText("1.1 MB", { timeout: 15_000 });
  await expect(startButton(page)).toBeEnabled();

  await choose(page, [{ ...minutes, buffer: Buffer.from("more words ".repeat(150_000)) }]);
  await page.getByRole("button", { name: `Remove ${minutes.name}` }).click();
  await expect(startButton(page)).toBeEnabled();
});

test("files can be dropped on the page and pasted; one beyond the limit is refused before it is sent", async ({ page, scripted }) => {
  await page.goto(scripted.url);
  await page.getByLabel("Question").fill("Dropped?");
  await page.evaluate(() => {
    const dragged = new DataTransfer();
    dragged.items.add(new File(["a,b\n1,2\n"], "dropped.csv"));
    dragged.items.add(new File([new Uint8Array(20_000_001)], "large.csv"));
    const drag = (type: string) =>
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: dragged, bubbles: true, cancelable: true }));
    drag("dragover");
    drag("drop");
    const pasted = new DataTransfer();
    pasted.items.add(new File(["# Pasted\n\nA note.\n"], "pasted.md"));
    document
      .querySelector("textarea")
      ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }));
  });
  await expect(chip(page, "dropped.csv")).toContainText("CSV table");
  await expect(chip(page, "pasted.md")).toContainText("Markdown");
  await expect(chip(page, "large.csv")).toContainText("the limit is 20 MB");
  await expect(page.getByLabel("Question")).toHaveValue("Dropped?");
});

test("offline, a file says that it was not added, and nothing is lost", async ({ browser, scripted }) => {
  const page = await browser.newPage(); // the failed request is an error in its console
  await page.goto(scripted.url);
  await page.getByLabel("Question").fill("Still here?");
  await choose(page, [minutes]);
  await expect(chip(page, minutes.name)).toContainText("Markdown");
  await page.context().setOffline(true);
  await choose(page, [gauges]);
  await expect(chip(page, gauges.name)).toContainText("You are offline.");
  await expect(chip(page, minutes.name)).toContainText("Markdown");
  await expect(page.getByLabel("Question")).toHaveValue("Still here?");
  await page.close();
});

for (const { width, colorScheme } of [
  { width: 360, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
] as const) {
  test(`the files of a question are accessible and fit at ${width} px, ${colorScheme}`, async ({ browser, scripted }) => {
    scripted.script([answerTurn]);
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(scripted.url);
    await page.getByLabel("Question").fill("How deep do the gauges say the harbour of Velsund is, and who says so?");
    await choose(page, [gauges, { ...minutes, name: `${"minutes of the harbour board ".repeat(5)}.md` }, program]);
    await expect(chip(page, program.name)).toContainText("was not added");
    await expect(startButton(page)).toBeEnabled();
    await expectAccessible(page);
    await startButton(page).click();
    await expect(page.getByRole("link", { name: /Read the report/ })).toBeVisible({ timeout: 30_000 });
    await choose(page, [gauges, program]);
    await expect(chip(page, program.name)).toContainText("was not added");
    await expect(chip(page, gauges.name)).toContainText("CSV table");
    await expectAccessible(page);
    await context.close();
  });
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((violation) => `${violation.id} ${violation.nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

const post = (request: APIRequestContext, url: string, file: File) => request.post(`${url}/api/attachments`, { multipart: { file } });

test("an upload over HTTP can be fetched only as a download, deleted, and not when a question came with it", async ({
  request,
  scripted,
}) => {
  const page = {
    name: "../../evil \u202Egpj.html",
    mimeType: "text/html",
    buffer: Buffer.from("<!doctype html><p>A page.</p><script>alert(1)</script>"),
  };
  const made = await post(request, scripted.url, page);
  expect(made.status()).toBe(201);
  const { attachment } = await made.json();
  expect(attachment).toEqual({ id: expect.any(String), name: "evil gpj.html", type: "Web page", size: page.buffer.byteLength });
  const at = `${scripted.url}/api/attachments/${attachment.id}`;
  const got = await request.get(at);
  expect(await got.body()).toEqual(page.buffer);
  expect(got.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment; filename=\"file\"; filename*=UTF-8''evil%20gpj.html",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  expect((await request.get(at, { headers: { "sec-fetch-site": "cross-site" } })).status()).toBe(403);

  const { session } = await (await request.post(`${scripted.url}/api/sessions`)).json();
  const asked = (attachments: unknown) =>
    request.post(`${scripted.url}/api/sessions/${session.id}/runs`, { data: { question: "Deep?", attachments } });
  const run = await asked([attachment.id, attachment.id.toUpperCase()]);
  expect(run.status()).toBe(202);
  const kept = await request.delete(at);
  expect(kept.status()).toBe(409);
  const unused = (await (await post(request, scripted.url, gauges)).json()).attachment;
  expect((await request.delete(`${scripted.url}/api/attachments/${unused.id}`)).status()).toBe(204);
  expect((await request.delete(`${scripted.url}/api/attachments/${unused.id}`)).status()).toBe(404);
  for (const attachments of [
    [unused.id],
    ["../../etc/passwd"],
    [crypto.randomUUID()],
    Array.from({ length: 21 }, () => crypto.randomUUID()),
  ]) {
    const refused = await asked(attachments);
    expect(refused.status()).toBe(422);
    expect(await refused.json()).toMatchObject({ field: "attachments" });
  }
  await request.delete(`${scripted.url}/api/sessions/${session.id}`);
  expect((await request.get(at)).status()).toBe(404);
});

const refusals: [string, File, number, RegExp][] = [
  ["a program", program, 422, /^It is a program/],
  ["an empty file", { ...gauges, buffer: Buffer.alloc(0) }, 422, /empty/],
  ["a file of 25 MB", { ...gauges, buffer: Buffer.alloc(25_000_000, "a,b\n") }, 413, /more than 20 MB/],
  ["a file of one byte too many", { ...gauges, buffer: Buffer.alloc(20_000_001, "a,b\n") }, 413, /more than 20 MB/],
];
for (const [name, file, status, detail] of refusals) {
  test(`${name} is a problem document`, async ({ request, scripted }) => {
    const response = await post(request, scripted.url, file);
    expect(response.status()).toBe(status);
    expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail), field: "file" });
  });
}

test("a file of exactly 20 MB is taken, and comes back as it went", async ({ request, scripted }) => {
  const buffer = Buffer.alloc(20_000_000, "year,depth\n");
  const { attachment } = await (await post(request, scripted.url, { ...gauges, buffer })).json();
  expect(attachment).toMatchObject({ size: 20_000_000 });
  const back = await (await request.get(`${scripted.url}/api/attachments/${attachment.id}`)).body();
  expect(back.equals(buffer)).toBe(true);
});

test("an upload without an announced length is refused while it arrives", async ({ scripted }) => {
  const { host, port } = new URL(scripted.url);
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  socket.on("error", () => {}); // the server may close before all was sent
  let sent = 0;
  function* endless() {
    yield `POST /api/attachments HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${scripted.token}\r\nTransfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n`;
    for (; answer === ""; sent++) yield `f4240\r\n${"a".repeat(1_000_000)}\r\n`;
  }
  Readable.from(endless()).pipe(socket);
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(60);
  socket.destroy();
});

test("without a model nothing reads files: none can be attached, and the server says so", async ({ page, request, quoting }) => {
  await page.goto(quoting.url);
  await expect(page.getByLabel("Attach files")).toHaveCount(0);
  const { session } = await (await request.post(`${quoting.url}/api/sessions`)).json();
  const response = await request.post(`${quoting.url}/api/sessions/${session.id}/runs`, {
    data: { question: "Velsund?", attachments: [crypto.randomUUID()] },
  });
  expect(response.status()).toBe(422);
  expect(await response.json()).toMatchObject({ field: "attachments", detail: expect.stringContaining("no language model is connected") });
});
