import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedModel } from "#e2e/support/scripted-model.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import { work } from "#lib/runs/work.ts";
import { citingReports, otherCopies } from "./citing-reports.ts";
import { rewritingRun } from "./rewriting-run.ts";
import { getRun } from "./runs.ts";
import { sourceTexts } from "./source-texts.ts";
import { sourcesOf } from "./sources.ts";
import { unreadPages } from "./unread-pages.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const depth = "The harbour at Velsund was dredged to nine metres in 1911.";

async function researched(question: string, cites: boolean) {
  const model = scriptedModel([
    '<think>\nI read.\n</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://site.example/a", "goal": "history"}}\n</tool_call>',
    `<think>\nThat is it.\n</think>\n<answer>\n${cites ? `${depth} [1]` : "Nobody knows who paid."}\n</answer>`,
  ]);
  const tools = [scriptedTool("search", () => "one result"), sourcedVisit(() => `Velsund is a town. ${depth}`)];
  const run = await kernel.ask(question);
  await work(kernel.shop({ model, tools }), await kernel.claim(run.id), manualStops());
  const [source] = await sourcesOf(kernel.db.sql, run.id);
  if (!source) throw new Error("The run read nothing");
  return { run, source, reportId: (await getRun(kernel.db.sql, viewer, run.id))?.reportId };
}

test("a text that several runs read is known as one: who cites it, and where else it was read", async () => {
  const first = await researched("How deep is the harbour?", true);
  const second = await researched("When was it dredged?", true);
  const third = await researched("Who paid for it?", false);
  const reports = await citingReports(kernel.db, viewer, first.source.hash);
  expect(reports.map(({ id, citations }) => ({ id, citations }))).toEqual([
    { id: second.reportId, citations: 1 },
    { id: first.reportId, citations: 1 },
  ]);
  const copies = await otherCopies(kernel.db, viewer, first.source);
  expect(copies.map(({ id }) => id).toSorted()).toEqual([third.source.id, second.source.id].toSorted());
  const somebody = { id: "somebody" };
  expect(await citingReports(kernel.db, somebody, first.source.hash)).toEqual([]);
  expect(await otherCopies(kernel.db, somebody, first.source)).toEqual([]);
  expect(await sourceTexts(kernel.db.sql, [first.source.id])).toEqual(new Map([[first.source.id, first.source.text]]));
});

test("pages that could not be read are told once, and not when another try read them", async () => {
  const { run, source } = await researched("What could not be read?", true);
  const page = (url: string, failure: string) => ({ url, site: "site.example", failure });
  const pages = [
    page("https://site.example/secret", "refused"),
    page(source.url, "timeout"),
    page("https://site.example/secret", "timeout"),
  ];
  const { sql } = kernel.db;
  await sql`
    insert into events (run_id, seq, type, at, data)
    values (${run.id}, 900, 'tool-returned', now(), ${sql.json({ details: { kind: "visit", pages } })})`;
  expect(await unreadPages(sql, run.id)).toEqual([{ url: "https://site.example/secret", site: "site.example", reason: "refused" }]);
});

test("a report that is written again is known while its run works", async () => {
  const { run, reportId } = await researched("How deep was it then?", true);
  expect(await rewritingRun(kernel.db.sql, run.id)).toBeNull();
  const again = await kernel.ask("Write again");
  await kernel.db.sql`update runs set rewrites = ${reportId ?? ""} where id = ${again.id}`;
  expect(await rewritingRun(kernel.db.sql, run.id)).toBe(again.id);
  await kernel.db.sql`update runs set status = 'done' where id = ${again.id}`;
  expect(await rewritingRun(kernel.db.sql, run.id)).toBeNull();
});
