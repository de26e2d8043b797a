import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { startFakeKiwix } from "#e2e/support/servers/fake-kiwix.ts";
import type { Event } from "#lib/domain/event.ts";
import { laneOutcomes } from "#lib/domain/lane-outcome.ts";
import type { Run } from "#lib/domain/run.ts";
import { parseEnv } from "#lib/env.ts";
import { quotingModel } from "#lib/model/choose.ts";
import { loadCorpus } from "#lib/sources/corpus-load.ts";
import { type Desks, openDesks } from "./open-desks.ts";
import { toolbox } from "./toolbox.ts";
import { work } from "./work.ts";

/** A team's documents in the database, more than one lane reads, and an encyclopedia on an HTTP server about who is named in them. */
const works = ["bridge", "ferry", "harbour", "school", "railway", "mill"];
const builders = ["Maria Kessel", "Jon Aasen", "Sigrid Hovland", "Peder Lunde"];
const documents = works.flatMap((work, place) =>
  builders.map((builder, index) => ({
    title: `Ledger of the ${work}, ${1901 + index}`,
    url: `https://team.test/${work}-${1901 + index}`,
    text: `In ${1901 + index} the ${work} cost the town of Velsund ${place + 2},${index}00 crowns. ${builder} was paid for it.`,
  })),
);
const articles: Record<string, string> = {
  "Maria Kessel": "Maria Kessel built the bridge of the town of Velsund and eleven dams.",
  "Jon Aasen": "Jon Aasen was a ferryman whose ferry cost the town of Velsund nothing.",
  "Sigrid Hovland": "Sigrid Hovland planned the railway of Velsund, which cost more than the town had.",
  "Peder Lunde": "Peder Lunde taught in the school of the town of Velsund.",
};
const question = "What did the bridge, the ferry, the harbour, the school, the railway and the mill cost the town of Velsund?";

let kernel: Kernel;
let kiwix: Awaited<ReturnType<typeof startFakeKiwix>>;
let dir: string;
let desks: Desks;

beforeAll(async () => {
  kernel = await openKernel();
  const pages = Object.entries(articles).map(([title, text]) => [
    title.replace(" ", "_"),
    { title, text: `<h1>${title}</h1><p>${text}</p>` },
  ]);
  const book = { file: "wikipedia_en_all_2026-10", name: "wikipedia_en_all", language: "eng", articles: Object.fromEntries(pages) };
  kiwix = await startFakeKiwix({ books: [book] });
  dir = await mkdtemp(join(tmpdir(), "corpus "));
  await writeFile(join(dir, "documents.jsonl"), documents.map((document) => JSON.stringify(document)).join("\n"));
  await loadCorpus(kernel.db.sql, dir, () => {});
  const parsed = parseEnv({ SEARCH_PROVIDERS: "kiwix,corpus", KIWIX_URL: kiwix.url, CORPUS_DIR: dir });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  desks = openDesks(parsed.env, kernel.db.sql);
});
afterAll(async () => {
  await kernel.close();
  await kiwix.close();
  await rm(dir, { recursive: true });
});

async function worked({ id }: Run) {
  const tools = toolbox(desks, { summaryModel: null, fetchAhead: true });
  await work(kernel.shop({ model: quotingModel, tools }), await kernel.claim(id), manualStops());
  const log = await kernel.log(id);
  const ended = await getRun(kernel.db.sql, viewer, id);
  const report = await getReport(kernel.db, viewer, ended?.reportId ?? "");
  if (!report) throw new Error(`No report: ${ended?.termination}`);
  return {
    log,
    ended,
    report,
    lanes: laneOutcomes(log),
    findings: log.flatMap((event) => (event.type === "step-ended" ? (event.findings ?? []) : [])),
  };
}
type Worked = Awaited<ReturnType<typeof worked>>;

const marksIn = (text: string | null): number[] => [...new Set([...(text ?? "").matchAll(/(?<!\\)\[(\d+)\]/g)].map(([, n]) => Number(n)))];
/** The addresses behind the marks of what a lane wrote, by the numbers of the run. */
function citedBy(run: Worked, text: string | null): string[] {
  const urls = new Map(run.lanes.flatMap(({ sources }) => sources.map(({ n, url }) => [n, url] as const)));
  return marksIn(text).map((n) => urls.get(n) ?? `[${n}] is no source`);
}
const queriesOf = (log: readonly Event[], lane: number) =>
  log.flatMap((event) =>
    event.type === "tool-called" && event.lane === `researcher-${lane}` && event.tool === "search"
      ? (event.arguments.query as string[])
      : [],
  );
/** Markdown as a reader sees it. */
const unescaped = (markdown: string | null) => (markdown ?? "").replace(/\\(\W)/g, "$1");
const sorted = (items: Iterable<string>) => [...new Set(items)].toSorted();

describe("four lanes of the quoting model", () => {
  let run: Worked;
  beforeAll(async () => {
    run = await worked(await kernel.askHeavy(question, { lanes: 4 }));
  });

  test("all answer, and the report says that no model wrote it", () => {
    expect(run.ended).toMatchObject({ status: "done", termination: "answer" });
    expect(run.lanes.map(({ end }) => end)).toEqual(["answered", "answered", "answered", "answered"]);
    expect(run.report).toMatchObject({ kind: "quotes", limitations: [] });
    expect(run.report.markdown).toContain("cost the town of Velsund");
  });

  test("search for different things from the first query on", () => {
    const queries = [1, 2, 3, 4].map((lane) => queriesOf(run.log, lane));
    expect(new Set(queries.map(([first]) => first)).size).toBe(4);
    expect(new Set(queries.map((own) => own.join("\n"))).size).toBe(4);
  });

  test("the report cites the union of what they cite, which is more than a single lane cites", async () => {
    const union = sorted(run.lanes.flatMap(({ answer }) => citedBy(run, answer)));
    expect(sorted(run.report.sources.map(({ url }) => url))).toEqual(union);
    const alone = await worked(await kernel.ask(question));
    expect(union.length).toBeGreaterThan(alone.report.sources.length);
  });

  test("every number in a lane's reports and in the report is a source with the sentence in it", () => {
    for (const { report, answer } of run.lanes)
      expect([...citedBy(run, report), ...citedBy(run, answer)].filter((url) => url.endsWith("is no source"))).toEqual([]);
    expect(run.report.removedMarks).toEqual([]);
    expect(run.report.citations.length).toBeGreaterThan(0);
    expect(new Set(run.report.citations.map(({ status }) => status))).toEqual(new Set(["quoted"]));
  });

  test("a finding has the lanes that quote it, and no others", () => {
    expect(run.findings.length).toBeGreaterThan(2);
    for (const { finding, lanes } of run.findings) {
      const quoting = run.lanes.filter(({ answer }) => unescaped(answer).includes(`“${finding}”`)).map(({ number }) => number);
      expect(lanes).toEqual(quoting.map((lane) => ({ lane, stance: "agrees" })));
    }
    expect(new Set(run.findings.map(({ lanes }) => lanes.length)).size, "some of them are quoted by some lanes only").toBeGreaterThan(1);
  });

  test("a page that several lanes read is fetched once", () => {
    const fetched = kiwix.calls.filter(({ path }) => path.startsWith("/raw/")).map(({ path }) => path);
    const readByLanes = run.lanes.flatMap(({ sources }) => sources.filter(({ site }) => site === "en.wikipedia.org").map(({ url }) => url));
    expect(readByLanes.length).toBeGreaterThan(new Set(readByLanes).size);
    expect(fetched.length / new Set(fetched).size).toBe(1);
  });
});

test("under ParallelMuse each lane reports on its record, and the answer is one of theirs", async () => {
  const run = await worked(await kernel.askHeavy(question, { lanes: 3, strategy: "parallel-muse" }));
  expect(run.ended).toMatchObject({ status: "done", termination: "answer" });
  for (const { report, answer } of run.lanes) {
    expect(report).toMatch(/^## What was found\n\n### .* \[\d+\]\n[\s\S]*## What was done\n\n1\. Searched for:/);
    expect(citedBy(run, report)).toEqual(expect.arrayContaining(citedBy(run, answer)));
  }
  expect(run.lanes.map(({ answer }) => sorted(citedBy(run, answer)))).toContainEqual(sorted(run.report.sources.map(({ url }) => url)));
  expect(run.report.removedMarks).toEqual([]);
  expect(run.report.markdown).toMatch(/## Why this answer\n\nThis is what lane [123] quotes/);
});
