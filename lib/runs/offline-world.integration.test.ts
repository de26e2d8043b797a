import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sourcesOf } from "#db/queries/sources.ts";
import { type Kernel, manualStops, openKernel } from "#e2e/support/kernel.ts";
import { startFakeKiwix } from "#e2e/support/servers/fake-kiwix.ts";
import type { Event } from "#lib/domain/event.ts";
import { type Env, parseEnv } from "#lib/env.ts";
import { quotingModel } from "#lib/model/choose.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { openDesks } from "./open-desks.ts";
import { toolbox } from "./toolbox.ts";
import { work } from "./work.ts";

let kernel: Kernel;
let kiwix: Awaited<ReturnType<typeof startFakeKiwix>>;
let dir: string;
let env: Env;

const article = (title: string, text: string) => ({ title, text: `<h1>${title}</h1><p>${text}</p>` });

beforeAll(async () => {
  kernel = await openKernel();
  kiwix = await startFakeKiwix({
    books: [
      {
        file: "wikipedia_en_all_2026-10",
        name: "wikipedia_en_all",
        language: "eng",
        articles: {
          Velsund: article("Velsund", "Velsund is a town whose harbour was dredged to nine metres in 1911."),
          Norhavn: article("Norhavn", "Norhavn is the neighbouring town. Its harbour is four metres deep."),
        },
      },
    ],
  });
  dir = await mkdtemp(join(tmpdir(), "corpus "));
  await writeFile(join(dir, "survey.md"), "# Survey\n\nThe harbour of Velsund was surveyed in 1931; its depth had not changed.\n");
  await loadCorpus(kernel.db.sql, dir, () => {});
  const parsed = parseEnv({
    SEARCH_PROVIDERS: "kiwix,corpus",
    KIWIX_URL: kiwix.url,
    CORPUS_DIR: dir,
    SEARCH_CACHE_HOURS: "0",
    PAGE_CACHE_HOURS: "0",
  });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  env = parsed.env;
});
afterAll(async () => {
  await kernel.close();
  await kiwix.close();
  await rm(dir, { recursive: true });
});

async function run(): Promise<{ log: Event[]; sources: { url: string; text: string }[] }> {
  const { id } = await kernel.ask("How deep is the harbour of Velsund?");
  const tools = toolbox(openDesks(env, kernel.db.sql), { summaryModel: null, fetchAhead: true });
  await work(kernel.shop({ model: quotingModel, tools }), await kernel.claim(id), manualStops());
  return { log: await kernel.log(id), sources: await sourcesOf(kernel.db.sql, id) };
}

test("with Kiwix and the corpus as the whole world, a run cites Wikipedia's own addresses and the documents, and asks nobody else", async () => {
  const { log, sources } = await run();
  expect(log.at(-1)).toMatchObject({ type: "run-ended", status: "done" });
  expect(sources.map((source) => source.url)).toEqual(
    expect.arrayContaining(["https://en.wikipedia.org/wiki/Velsund", "corpus://survey.md"]),
  );
  const providers = log.flatMap((event) => (event.type === "tool-returned" ? event.attempts.map((attempt) => attempt.provider) : []));
  expect(new Set(providers)).toEqual(new Set(["kiwix", "corpus"]));
});

test("it is the same run every time", async () => {
  const [one, other] = [await run(), await run()];
  const said = ({ log }: { log: Event[] }): string[] =>
    log.flatMap((event) => (event.type === "step-ended" ? [event.raw] : event.type === "tool-returned" ? [event.outcome.text] : []));
  expect(said(one)).toEqual(said(other));
  expect(one.sources.map(({ url, text }) => ({ url, text }))).toEqual(other.sources.map(({ url, text }) => ({ url, text })));
});
