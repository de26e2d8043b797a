import { afterAll, beforeAll, expect, test } from "vitest";
import { keepSource, sourcesOf } from "#db/queries/sources.ts";
import { type Kernel, openKernel } from "#e2e/support/kernel.ts";
import { sha256 } from "#lib/std/sha256.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const article = (from: number) => Array.from({ length: 300 }, (_, index) => `word${(index * 7919 + from) % 100_003}`).join(" ");
const keep = (runId: string, url: string, text: string) =>
  keepSource(kernel.db.sql, runId, {
    requestedUrl: url,
    url,
    title: "T",
    site: "s",
    text,
    hash: sha256(text),
    status: 200,
    fetchedAt: "2026-11-25T00:00:00.000Z",
  });

test("a page that says nearly what an earlier one says is its copy, and a copy of the copy too", async () => {
  const { id } = await kernel.ask("q");
  const kept = [
    await keep(id, "https://a.test/", article(0)),
    await keep(id, "https://b.test/", article(50_000)),
    await keep(id, "https://amp.a.test/", `Menu and more ${article(0)} Read on`),
    await keep(id, "https://mirror.test/", `${article(0)} Mirrored by us`),
  ];
  expect(kept.map(({ n, copyOf }) => [n, copyOf])).toEqual([
    [1, undefined],
    [2, undefined],
    [3, 1],
    [4, 1],
  ]);
  expect(await sourcesOf(kernel.db.sql, id)).toEqual(kept);
});

test("the same page is the same source, and other runs have no part in it", async () => {
  const [one, two] = [await kernel.ask("q"), await kernel.ask("q")];
  const first = await keep(one.id, "https://a.test/", article(0));
  expect(await keep(one.id, "https://a.test/", article(0))).toEqual(first);
  expect((await keep(two.id, "https://b.test/", article(0))).copyOf).toBeUndefined();
});

test("texts that are too short to compare are nobody's copies", async () => {
  const { id } = await kernel.ask("q");
  await keep(id, "https://a.test/", "A short note.");
  expect((await keep(id, "https://b.test/", "A short note!")).copyOf).toBeUndefined();
});
