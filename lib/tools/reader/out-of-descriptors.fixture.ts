import { openSync, writeSync } from "node:fs";
import { readFile } from "../files/read-file.ts";
import { startSandbox } from "../python/sandbox-child.ts";
import { childPool } from "./child-pool.ts";
import { readPage } from "./read-page.ts";

/** A process that has no descriptor left, and says what then becomes of a job for a child. Started under a low `ulimit -n`. */
const limits = { size: 1, deadlineMs: 5_000, heapMegabytes: 32, residentMegabytes: 300 };
const pool = childPool<{ job: string }, unknown>({ script: new URL("./child-pool.fixture.mjs", import.meta.url), ...limits });
const command = { file: process.execPath, arguments: ["-e", ""], heldBytes: async () => 0, overheadMegabytes: 0 };
const { signal } = new AbortController();
takeAllDescriptors();
const child = await pool.run({ job: "work" }, signal);
const sandbox = await startSandbox(command).run({ code: "", files: [], timeoutMs: 1_000, memoryMegabytes: 64 }, signal);
const html = Buffer.from("<!doctype html><title>T</title><p>Text.");
const page = await readPage(html, { url: "https://example.org/", contentType: "text/html", signal });
const file = await readFile("a.csv", Buffer.from("a,b\n1,2\n"), signal);
writeSync(1, JSON.stringify({ child, sandbox, page, file }));

function takeAllDescriptors(): void {
  try {
    for (;;) openSync("/dev/null", "r");
  } catch {
    // that was the last one
  }
}
