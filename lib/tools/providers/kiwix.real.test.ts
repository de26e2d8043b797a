import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { freePort } from "#db/embedded/free-port.ts";
import { untilAnswers } from "#e2e/support/until-answers.ts";
import { kiwix } from "./kiwix.ts";
import { kiwixPages } from "./kiwix-pages.ts";

// REAL_KIWIX=1, with Debian's kiwix-tools, zim-tools and postgresql-doc-15: real books, made here, on a real kiwix-serve.
const isOn = process.env.REAL_KIWIX === "1";
const documentation = process.env.REAL_KIWIX_HTML ?? "/usr/share/doc/postgresql-doc-15/html";
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const { signal } = new AbortController();
let folder = "";
let server: ChildProcess;
let url = "";

describe.skipIf(!isOn)("a real kiwix-serve", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "dossier-kiwix-"));
    const manual = join(folder, "manual");
    cpSync(documentation, manual, { recursive: true, dereference: true });
    const bridges = join(folder, "bridges");
    mkdirSync(bridges);
    writeArticle(
      bridges,
      "Brooklyn_Bridge",
      "Brooklyn Bridge",
      "The Brooklyn Bridge was opened on May 24, 1883. Emily Roebling led the work.",
    );
    writeArticle(bridges, "Tower_Bridge", "Tower Bridge", "Tower Bridge in London was opened in 1894. It is a bascule bridge.");
    const redirect =
      '<html><head><title>East River Bridge</title><meta http-equiv="refresh" content="0;url=Brooklyn_Bridge"></head></html>';
    writeFileSync(join(bridges, "East_River_Bridge"), redirect);
    const books = [
      makeBook({ from: manual, welcome: "index.html", name: "postgresql_en", file: "postgresql_2026" }),
      makeBook({ from: bridges, welcome: "Brooklyn_Bridge", name: "wikipedia_en_bridges", file: "wikipedia_en_bridges_2026" }),
    ];
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn("kiwix-serve", ["-i", "127.0.0.1", "-p", String(port), "-t", "4", ...books], { stdio: "ignore" });
    await untilAnswers(server, `${url}/catalog/v2/entries`);
  });
  afterAll(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["vacuum", "sql-vacuum.html"],
    ["What is the maximum size of a jsonb value?", "datatype-json.html"],
    ["how can I speed up autovacuum on large tables", "vacuum"],
    ["routine vacuuming", "routine-vacuuming.html"],
    ["who led the work on the Brooklyn Bridge", "https://en.wikipedia.org/wiki/Brooklyn_Bridge"],
    ["Tower Bridge", "https://en.wikipedia.org/wiki/Tower_Bridge"],
  ])("%s", async (query, expected) => {
    const provider = kiwix(url);
    const answer = await provider.ask(query, signal);
    const hits = answer?.ok ? answer.value : [];
    expect(await provider.ask(query, signal)).toEqual(answer);
    expect(hits.map((hit) => hit.url).join("\n")).toContain(expected);
    expect(hits.every((hit) => !/[<>]b>|&amp;/.test(hit.snippet))).toBe(true);
  });

  test("every hit can be read, under the address it is shown with", async () => {
    const pages = kiwixPages(url);
    const answer = await kiwix(url).ask("bridge or index", signal);
    for (const hit of answer?.ok ? answer.value : []) {
      expect(await pages.ask(hit.url, signal)).toMatchObject({ ok: true, value: { url: hit.url, status: 200 } });
    }
  });

  test("a redirect inside a book leads to the article", async () => {
    expect(await kiwixPages(url).ask("https://en.wikipedia.org/wiki/East_River_Bridge", signal)).toMatchObject({
      value: {
        url: "https://en.wikipedia.org/wiki/Brooklyn_Bridge",
        title: "Brooklyn Bridge",
        text: expect.stringContaining("May 24, 1883"),
      },
    });
    expect(await kiwixPages(url).ask("https://en.wikipedia.org/wiki/Golden_Gate", signal)).toMatchObject({
      ok: false,
      reason: "not-found",
    });
  });
});

const writeArticle = (into: string, path: string, title: string, text: string) =>
  writeFileSync(
    join(into, path),
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`,
  );

function makeBook({ from, welcome, name, file }: { from: string; welcome: string; name: string; file: string }): string {
  const book = join(folder, `${file}.zim`);
  writeFileSync(join(from, "illustration.png"), picture());
  const described = ["-l", "eng", "-t", name, "-d", "For a test", "-c", "somebody", "-p", "somebody", "-n", name];
  execFileSync("zimwriterfs", ["-w", welcome, "-I", "illustration.png", ...described, from, book], { stdio: "ignore" });
  return book;
}

/** 48 × 48 pixels of one colour: every book has to have a picture. */
function picture(): Buffer {
  const part = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([size, typed, sum]);
  };
  const head = Buffer.from([0, 0, 0, 48, 0, 0, 0, 48, 8, 2, 0, 0, 0]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: 48 }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(144, 128)]))));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), part("IHDR", head), part("IDAT", rows), part("IEND", Buffer.alloc(0))]);
}

test.runIf(isOn)("the documentation is installed", () => {
  expect(existsSync(documentation)).toBe(true);
});
