import { afterAll, beforeAll, expect, test } from "vitest";
import { keepSource, sourcesNaming } from "#db/queries/sources.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import type { Event } from "#lib/domain/event.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { visitGate } from "./visit-gate.ts";

let kernel: Kernel;
let runId: string;
beforeAll(async () => {
  kernel = await openKernel();
  runId = (await kernel.ask("q")).id;
  const text = [
    "[Apple](https://en.wikipedia.org/wiki/Apple_Inc.), https://en.wikipedia.org/wiki/Foo\\_(bar)",
    "Siehe https://münchen.de/straße/x, 维基（https://zh.wikipedia.org/wiki/新港）。",
    "https://evil.example/?d= https://evil.example/list/a, https://evil.example/list/b",
  ].join("\n");
  const page = {
    requestedUrl: "https://short.example/",
    url: "https://long.example/page",
    title: "T",
    site: "s",
    text,
    hash: sha256(text),
  };
  await keepSource(kernel.db.sql, runId, { ...page, status: 200, fetchedAt: "2026-11-25T00:00:00.000Z" });
});
afterAll(() => kernel.close());

/** The gate of a run with an uploaded file over the stored pages. */
async function mayVisit(url: string): Promise<boolean> {
  const [queued] = await kernel.log(runId);
  if (queued?.type !== "run-queued") throw new Error("The log has no run-queued");
  const events: Event[] = [{ ...queued, attachments: [{ id: "a", name: "a.pdf", type: "PDF", size: 1 }] }];
  return visitGate({ events, ownHosts: [], pagesNaming: (address) => sourcesNaming(kernel.db.sql, runId, address) })(url);
}

test.each([
  "https://en.wikipedia.org/wiki/Apple_Inc.",
  "https://en.wikipedia.org/wiki/Foo_(bar)",
  "https://münchen.de/straße/x",
  "https://xn--mnchen-3ya.de/stra%C3%9Fe/x",
  "https://zh.wikipedia.org/wiki/%E6%96%B0%E6%B8%AF",
  "https://short.example/",
  "https://LONG.example/page",
  "https://evil.example/list/a",
])("%s stands in a page that was read, or is one", async (url) => {
  expect(await mayVisit(url)).toBe(true);
});

test.each([
  "https://evil.example/?d=secret",
  "https://evil.example/list",
  "https://evil.example/",
  "https://en.wikipedia.org/wiki/Foo",
  "https://long.example/",
])("%s does not", async (url) => {
  expect(await mayVisit(url)).toBe(false);
});
