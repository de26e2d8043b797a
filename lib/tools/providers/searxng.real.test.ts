import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "#db/embedded/free-port.ts";
import { type LoopbackServer, listen } from "#e2e/support/servers/listen.ts";
import { untilAnswers } from "#e2e/support/until-answers.ts";
import { searxng } from "./searxng.ts";

// REAL_SEARX=1, with Debian's searx, the ancestor of SearXNG with the same JSON: asked for an engine of this test, so without the internet.
const isOn = process.env.REAL_SEARX === "1";
const example = process.env.REAL_SEARX_SETTINGS ?? "/usr/share/doc/searx/examples/settings.yml";
const python = process.env.REAL_SEARX_PYTHON ?? "/usr/bin/python3";
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const { signal } = new AbortController();
let folder = "";
let engine: LoopbackServer;
let server: ChildProcess;
let url = "";

describe.skipIf(!isOn)("a real searx", () => {
  beforeAll(async () => {
    engine = await listen((request, response) => {
      const query = new URL(request.url ?? "/", "http://engine").searchParams.get("q");
      const found = Array.from({ length: 12 }, (_, index) => ({
        link: `https://site-${index}.example/${query}`,
        name: `Result ${index} & <b>${query}</b>`,
        about: `What page ${index} says of ${query}.`,
      }));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ found: query === "nothing" ? [] : found }));
    });
    folder = mkdtempSync(join(tmpdir(), "dossier-searx-"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, "settings.yml"), settingsFor(port, engine.url));
    const environment = { ...process.env, SEARX_SETTINGS_PATH: join(folder, "settings.yml") };
    server = spawn(python, ["-m", "searx.webapp"], { env: environment, stdio: "ignore" });
    await untilAnswers(server, `${url}/config`);
  });
  afterAll(async () => {
    server.kill();
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("ten hits in plain text, each with its address", async () => {
    const answer = await searxng(url).ask("eelgrass", signal);
    expect(answer?.ok && answer.value).toHaveLength(10);
    expect(answer?.ok && answer.value[0]).toMatchObject({ url: "https://site-0.example/eelgrass", site: "site-0.example" });
    expect(JSON.stringify(answer)).not.toMatch(/<b>|&amp;/);
  });

  test("nothing found is an empty list", async () => {
    expect(await searxng(url).ask("nothing", signal)).toEqual({ ok: true, value: [] });
  });
});

/** Debian's example with one engine in the place of all of theirs. */
function settingsFor(port: number, engineUrl: string): string {
  const text = readFileSync(example, "utf8")
    .replace(/^ {4}port : \d+/m, `    port : ${port}`)
    .replace("ultrasecretkey", "of-the-test"); // it does not start with the key of the example
  const engines = `engines:
  - name: local
    engine: json_engine
    shortcut: lo
    categories: general
    enable_http: true
    timeout: 10.0
    search_url: ${engineUrl}/?q={query}
    results_query: found
    url_query: link
    title_query: name
    content_query: about

`;
  return text.slice(0, text.search(/^engines:/m)) + engines + text.slice(text.search(/^locales:/m));
}
