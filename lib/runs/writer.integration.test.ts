import { afterAll, beforeAll, expect, test } from "vitest";
import { getReport, versionsOf } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import { type WriterLines, writingModel } from "#e2e/support/writing-model.ts";
import { replayRun } from "./replay-run.ts";
import { rewriteReport } from "./rewrite-report.ts";
import { work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const here = { models: ["scripted"], budget: { calls: 40, minutes: 10 } };
const depth = "The harbour at Velsund was dredged to nine metres in 1911.";
const church = "The church of Velsund burned in 1920 and was never rebuilt.";
const turns = [
  '<think>\nI search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["velsund"]}}\n</tool_call>',
  '<think>\nI read it.\n</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://site.example/a", "goal": "history"}}\n</tool_call>',
  `<think>\nThat is it.\n</think>\n<answer>\n${depth} [1] The church is gone.\n</answer>`,
];
const toolset = () => [
  scriptedTool("search", () => "one result"),
  sourcedVisit(() => `Velsund is a town in the north. ${depth} It took four years. ${"The weather was bad. ".repeat(40)}${church}`),
];
const passageWith = (prompt: string, words: string) => {
  const passage = prompt
    .split("<passage id=")
    .slice(1)
    .find((part) => part.includes(words));
  return /^"(p\d+)"/.exec(passage ?? "")?.[1] ?? "none";
};
const lines: WriterLines = {
  outline: "Form: report\n## The harbour was deepened {p1, p2}\n## The church is gone {p1, p2, p3}\nOpen: what the dredging cost",
  sections: { harbour: `${depth.slice(0, -1)} [p1][p2].`, church: "The church burned in 1920 [p1][p2][p3]." },
  closing:
    "Takeaway: Velsund deepened its harbour and lost its church [p1].\nNot found: What could not be found\n- What the dredging cost.",
};

async function written(model: ReturnType<typeof writingModel>, question = "Tell the history of Velsund") {
  const run = await kernel.ask(question);
  await work(kernel.shop({ model, tools: toolset(), writesReports: true }), await kernel.claim(run.id), manualStops());
  const ended = await getRun(kernel.db.sql, viewer, run.id);
  return { run: ended, report: await getReport(kernel.db, viewer, ended?.reportId ?? "") };
}

test("the report is written section by section, each from its own passages, and its marks are citations of them", async () => {
  const model = writingModel(turns, lines);
  const { run, report } = await written(model);
  expect(model.parts.map(({ kind }) => kind)).toEqual(["outline", "section", "section", "closing"]);
  expect(passageWith(model.writerPrompts[0] ?? "", depth)).toMatch(/^p\d+$/);
  expect(model.writerPrompts[0]).not.toContain("[1]");
  expect(report?.markdown).toMatch(
    /^Velsund deepened .*\n\n## The harbour was deepened\n\n.*\n\n## The church is gone\n\n.*\n\n## What could not be found\n\n- What the dredging cost\.$/s,
  );
  expect(report?.citations.find(({ status }) => status === "quoted")).toMatchObject({ n: 1, passage: { text: depth.slice(0, -1) } });
  expect(report?.citations.every(({ passage }) => passage.text !== "")).toBe(true);
  expect(run).toMatchObject({ status: "done", termination: "answer", usage: { calls: 7 } });
});

test("a question for a fact gets its answer, not an essay", async () => {
  const model = writingModel(turns, { outline: "Form: short\nIt was dredged to nine metres in 1911 [p1]." });
  const { report } = await written(model, "How deep is Velsund harbour?");
  expect(model.parts).toEqual([{ kind: "outline" }]);
  expect(report?.markdown).toBe("It was dredged to nine metres in 1911 [1].");
});

test("a writer that says nothing costs a limitation, never the answer", async () => {
  const { run, report } = await written(writingModel(turns, { outline: "I cannot." }));
  expect(run?.status).toBe("done");
  expect(report?.markdown).toContain(depth.slice(0, -1));
  expect(report?.limitations).toEqual([
    "The model wrote no report, also when it was asked again. This is the answer as the research gave it.",
  ]);
});

test("stopped while it writes, a run keeps its answer", async () => {
  const stops = manualStops();
  const model = writingModel(turns, lines);
  const speak = model.source.complete;
  model.source.complete = async function* (request, signal, onSilence) {
    if (model.parts.length === 2) await stops.command("now");
    yield* speak(request, signal, onSilence);
  };
  const run = await kernel.ask("Tell the history of Velsund");
  await work(kernel.shop({ model, tools: toolset(), writesReports: true }), await kernel.claim(run.id), stops);
  const ended = await getRun(kernel.db.sql, viewer, run.id);
  const report = await getReport(kernel.db, viewer, ended?.reportId ?? "");
  expect(ended).toMatchObject({ status: "stopped", termination: "stopped" });
  expect(report?.markdown).toContain(depth.slice(0, -1));
  expect(report?.limitations).toEqual(["The run was stopped while its report was written. This is the answer as the research gave it."]);
});

test("from any prefix of the log the writer goes on where it stood, and ends in the same report", async () => {
  const first = await written(writingModel(turns, lines));
  const log = await kernel.log(first.run?.id ?? "");
  const from = log.findIndex((event) => event.type === "lane-started" && event.lane === "writer");
  expect(from).toBeGreaterThan(0);
  for (let length = from; length < log.length - 2; length++) {
    const run = await kernel.ask("Tell the history of Velsund");
    const { sql } = kernel.db;
    await sql`insert into events select ${run.id}, seq, type, at, data from events where run_id = ${first.run?.id ?? ""} and seq <= ${log[length - 1]?.seq ?? 0} and seq > 1`;
    await sql`insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at)
      select gen_random_uuid(), ${run.id}, n, requested_url, url, title, site, text, hash, status, fetched_at from sources where run_id = ${first.run?.id ?? ""}`;
    const model = writingModel(turns, lines);
    await work(kernel.shop({ model, tools: toolset(), writesReports: true }), await kernel.claim(run.id), manualStops());
    const before = log.slice(0, length).filter((event) => event.type === "step-ended" && event.writes).length;
    expect(model.parts.length, `parts asked for after ${length} events`).toBe(4 - before);
    const ended = await getRun(kernel.db.sql, viewer, run.id);
    const report = await getReport(kernel.db, viewer, ended?.reportId ?? "");
    expect(report?.markdown, `report after ${length} events`).toBe(first.report?.markdown);
  }
});

test("the next version is written from the same evidence, searches nothing, and leaves the first as it is", async () => {
  const { run, report } = await written(writingModel(turns, lines));
  const again = await rewriteReport(kernel.db, kernel.queue, viewer, run?.id ?? "", { length: "shorter", language: "German" }, here);
  expect(again).toMatchObject({ sessionId: run?.sessionId, question: "Write again: shorter, in German" });
  const model = writingModel([], { outline: "Form: short\nDer Hafen wurde 1911 auf neun Meter vertieft [p1][p2]." });
  await work(kernel.shop({ model, tools: [], writesReports: true }), await kernel.claim(again.id), manualStops());
  expect(model.writerPrompts[0]).toContain("Write in German.");
  const versions = await versionsOf(kernel.db, viewer, run?.id ?? "");
  expect(versions.map(({ version }) => version)).toEqual([1, 2]);
  expect(versions[0]).toEqual(report);
  expect(versions[1]).toMatchObject({
    question: "Tell the history of Velsund",
    rewrite: { reportId: report?.id, version: 1, wishes: { length: "shorter", language: "German" } },
    sources: [{ n: 1, url: "https://site.example/a" }],
  });
  expect(versions[1]?.markdown).toMatch(/^Der Hafen wurde 1911 auf neun Meter vertieft \[1\]/);
  expect((await getRun(kernel.db.sql, viewer, again.id))?.reportId).toBe(versions[1]?.id);
  expect((await getRun(kernel.db.sql, viewer, run?.id ?? ""))?.reportId).toBe(report?.id);
});

test("a version that does not come says so, and the one before stands", async () => {
  const { run } = await written(writingModel(turns, lines));
  const again = await rewriteReport(kernel.db, kernel.queue, viewer, run?.id ?? "", {}, here);
  const model = writingModel([], { outline: "I cannot." });
  await work(kernel.shop({ model, tools: [], writesReports: true }), await kernel.claim(again.id), manualStops());
  const ended = (await kernel.log(again.id)).at(-1);
  expect(ended).toMatchObject({
    type: "run-ended",
    status: "failed",
    detail: expect.stringContaining("The version before stands as it is."),
  });
  expect(await versionsOf(kernel.db, viewer, run?.id ?? "")).toHaveLength(1);
});

test("a run that only wrote again is not replayed: nothing was researched in it", async () => {
  const { run } = await written(writingModel(turns, lines));
  const again = await rewriteReport(kernel.db, kernel.queue, viewer, run?.id ?? "", {}, here);
  const model = writingModel([], { outline: "Form: short\nNine metres [p1]." });
  await work(kernel.shop({ model, tools: [], writesReports: true }), await kernel.claim(again.id), manualStops());
  await expect(replayRun(kernel.db, kernel.queue, viewer, { runId: again.id })).rejects.toMatchObject({ code: "conflict" });
});

test("who asks for a version that cannot be written is told why", async () => {
  const { run } = await written(writingModel(turns, lines));
  const asking = (wishes: Parameters<typeof rewriteReport>[4], models = ["scripted"]) =>
    rewriteReport(kernel.db, kernel.queue, viewer, run?.id ?? "", wishes, { ...here, models });
  await expect(asking({}, [])).rejects.toMatchObject({ code: "unavailable" });
  await expect(asking({ model: "other" })).rejects.toMatchObject({ code: "unprocessable", field: "model" });
  await expect(asking({ from: run?.id })).rejects.toMatchObject({ code: "unprocessable", field: "from" });
  await expect(rewriteReport(kernel.db, kernel.queue, { id: "other" }, run?.id ?? "", {}, here)).rejects.toMatchObject({
    code: "not-found",
  });
});
