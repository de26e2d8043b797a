import { afterAll, beforeAll, expect, test } from "vitest";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import { type WriterLines, writingModel } from "#e2e/support/writing-model.ts";
import { work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const depth = "The harbour at Velsund was dredged to nine metres in 1911.";
const pageText = `Velsund is a town in the north. ${depth} The work took four years and employed three hundred men. The church of Velsund burned in 1920.`;
const turns = [
  '<think>\nI read it.\n</think>\n<tool_call>\n{"name": "visit", "arguments": {"url": "https://site.example/a", "goal": "history"}}\n</tool_call>',
  `<think>\nThat is it.\n</think>\n<answer>\n${depth}\n</answer>`,
];
const toolset = () => [scriptedTool("search", () => ""), sourcedVisit(() => pageText)];
const lines: WriterLines = {
  outline: `Form: short
${depth.slice(0, -1)} [p1]. The harbour at Velsund was dredged to twelve metres in 1911 [p1]. Three hundred men worked on the dredging for four years [p1]. Velsund’s church never burned in 1920 [p1].`,
};

async function reported(model: ReturnType<typeof writingModel>, runId?: string) {
  const run = runId ?? (await kernel.ask("Tell of Velsund")).id;
  await work(kernel.shop({ model, tools: toolset(), writesReports: true, judgesClaims: true }), await kernel.claim(run), manualStops());
  const ended = await getRun(kernel.db.sql, viewer, run);
  return { id: run, run: ended, report: await getReport(kernel.db, viewer, ended?.reportId ?? "") };
}

test("the texts settle what they can, the model the rest, and no verdict lifts a changed number", async () => {
  const model = writingModel(turns, lines);
  const { report, run } = await reported(model);
  expect(report?.citations.map(({ status, judge }) => [status, judge])).toEqual(
    [
      ["quoted", "text"],
      ["weak", "text"],
      ["supported", "model"],
      ["weak", "text"],
    ].map(([status, judge]) => [status === "weak" ? expect.stringMatching(/^(?:weak|unsupported)$/) : status, judge]),
  );
  expect(report?.citations.every(({ reason }) => reason !== undefined && reason !== "")).toBe(true);
  expect(model.judged.flat()).not.toContain("c1");
  expect(report?.judge).toBe("scripted");
  expect(run?.usage.calls).toBe(4);
});

test("a verdict counts for the sentence that it names and for no other", async () => {
  const verdict = (claim: string) =>
    claim.includes("Three hundred") ? "unsupported - it says nothing of the kind" : "supported - it says so";
  const { report } = await reported(writingModel(turns, lines, verdict));
  expect(report?.citations[2]).toMatchObject({ status: "unsupported", judge: "model", reason: "It says nothing of the kind." });
});

test("a judge that says nothing of use leaves what the texts gave", async () => {
  const { report } = await reported(writingModel(turns, lines, () => "I cannot tell"));
  expect(report?.citations.every(({ judge }) => judge === "text")).toBe(true);
  expect(report?.judge).toBeNull();
});

test("a model that is away leaves what the texts gave, and the report says so", async () => {
  const model = writingModel(turns, lines);
  const speak = model.source.complete;
  model.source.complete = async function* (request, signal, onSilence) {
    if (request.messages[0]?.content.startsWith("You check citations."))
      yield { kind: "failed", failure: { reason: "unreachable", detail: "http://gpu:8000 does not answer" } };
    else yield* speak(request, signal, onSilence);
  };
  const { report, run } = await reported(model);
  expect(run?.status).toBe("done");
  expect(report?.limitations).toEqual([
    "Not every sentence was compared with its passage by a model: the model could not be reached: http://gpu:8000 does not answer.",
  ]);
  expect(report?.citations[0]?.status).toBe("quoted");
});

test("a verdict on another report's sentences is none on these", async () => {
  const first = await reported(writingModel(turns, lines));
  const run = await kernel.ask("Tell of Velsund");
  const { sql } = kernel.db;
  const last = (await kernel.log(first.id)).findLast((event) => event.type === "step-ended" && event.lane === "judge")?.seq ?? 0;
  await sql`insert into events select ${run.id}, seq, type, at, data from events where run_id = ${first.id} and seq <= ${last} and seq > 1`;
  await sql`update events set data = jsonb_set(data, '{writes,of}', '"other sentences"') where run_id = ${run.id} and data->>'lane' = 'judge' and type = 'step-ended'`;
  await sql`insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at)
    select gen_random_uuid(), ${run.id}, n, requested_url, url, title, site, text, hash, status, fetched_at from sources where run_id = ${first.id}`;
  const model = writingModel(turns, lines, () => "unsupported - not in the passage");
  const { report } = await reported(model, run.id);
  expect(model.judged.flat()).toContain("c3");
  expect(report?.citations[2]?.status).toBe("unsupported");
});

test("from any prefix of the log no comparison is made twice, and the report is the same", async () => {
  const many = {
    outline: `Form: short\n${Array.from({ length: 20 }, (_, index) => `Three hundred men, in ${index} words, worked on the dredging [p1].`).join(" ")}`,
  };
  const first = await reported(writingModel(turns, many));
  const log = await kernel.log(first.id);
  const from = log.findIndex((event) => event.type === "lane-started" && event.lane === "judge");
  const comparisons = log.filter((event) => event.type === "step-ended" && event.lane === "judge").length;
  expect(comparisons).toBeGreaterThan(2);
  for (let length = from; length < log.length - 2; length++) {
    const run = await kernel.ask("Tell of Velsund");
    const { sql } = kernel.db;
    await sql`insert into events select ${run.id}, seq, type, at, data from events where run_id = ${first.id} and seq <= ${log[length - 1]?.seq ?? 0} and seq > 1`;
    await sql`insert into sources (id, run_id, n, requested_url, url, title, site, text, hash, status, fetched_at)
      select gen_random_uuid(), ${run.id}, n, requested_url, url, title, site, text, hash, status, fetched_at from sources where run_id = ${first.id}`;
    const model = writingModel(turns, many);
    const again = await reported(model, run.id);
    const before = log.slice(0, length).filter((event) => event.type === "step-ended" && event.lane === "judge").length;
    expect(model.judged.length, `comparisons asked for after ${length} events`).toBe(comparisons - before);
    expect(again.report?.citations.map(({ status }) => status)).toEqual(first.report?.citations.map(({ status }) => status));
  }
});
