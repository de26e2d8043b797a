import { afterAll, beforeAll, expect, test } from "vitest";
import yazl from "yazl";
import { getReport } from "#db/queries/reports.ts";
import { getSession } from "#db/queries/sessions.ts";
import { getSource } from "#db/queries/sources.ts";
import { type Kernel, openKernel, viewer } from "#e2e/support/kernel.ts";
import { storeReport } from "#e2e/support/stored-report.ts";
import type { Report } from "#lib/domain/report.ts";
import { unzip } from "#lib/reports/bundle/unzip.ts";
import { AppError } from "#lib/std/app-error.ts";
import { sha256 } from "#lib/std/sha256.ts";
import { exportBundle } from "./export-bundle.ts";
import { importBundle } from "./import-bundle.ts";

let here: Kernel;
let there: Kernel;
beforeAll(async () => {
  here = await openKernel();
  there = await openKernel();
});
afterAll(async () => {
  await here.close();
  await there.close();
});

const depth = "The harbour at Velsund was dredged to nine metres in 1911.";
const church = "教堂在1920年被烧毁，从未重建。";

async function stored(kernel: Kernel): Promise<Report> {
  const { reportId } = await storeReport(kernel.db.sql, {
    question: "How deep is the harbour? 港口有多深？",
    sources: [
      { title: "Harbour", text: `Before. ${depth} After it all.` },
      { title: "Church 教堂", text: `一。${church}二。` },
    ],
    claims: [
      { claim: depth, n: 1, passage: depth, status: "quoted" },
      { claim: church, n: 2, passage: church, status: "unchecked" },
    ],
    steps: [{ thought: "I look.", tool: "search", arguments: { query: ["velsund"] }, observation: "one result" }],
    more: { limitations: ["One provider rested."], removedMarks: ["[9]"] },
  });
  return reportOf(kernel, reportId);
}

async function reportOf(kernel: Kernel, id: string): Promise<Report> {
  const report = await getReport(kernel.db, viewer, id);
  if (!report) throw new Error("The report is not there");
  return report;
}

/** A bundle with some of its files changed; the manifest follows them, as whoever forges one would have it. */
async function changed(bundle: Uint8Array, change: (files: Map<string, string>) => void, withManifest = true): Promise<Uint8Array> {
  const unzipped = await unzip(bundle);
  if (!unzipped.ok) throw new Error(unzipped.problem);
  const files = new Map([...unzipped.files].map(([name, bytes]) => [name, bytes.toString()]));
  change(files);
  const manifest = JSON.parse(files.get("manifest.json") ?? "");
  if (withManifest) {
    manifest.files = [...files].flatMap(([name, text]) =>
      name === "manifest.json" ? [] : [{ name, bytes: Buffer.byteLength(text), sha256: sha256(text) }],
    );
    files.set("manifest.json", JSON.stringify(manifest));
  }
  const zip = new yazl.ZipFile();
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>));
}

const edit = (files: Map<string, string>, name: string, from: string | RegExp, to: string) => {
  const before = files.get(name) ?? "";
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${name} does not hold ${from}`);
  files.set(name, after);
};

/** The files of a bundle but for what says where the report was imported: its first limitation, in all the files that tell it. */
async function filesOf(bundle: Uint8Array): Promise<Record<string, unknown>> {
  const unzipped = await unzip(bundle);
  if (!unzipped.ok) throw new Error(unzipped.problem);
  const {
    "report.json": json = "",
    "report.md": _,
    "manifest.json": __,
    ...files
  } = Object.fromEntries([...unzipped.files].map(([name, bytes]) => [name, bytes.toString()]));
  const { limitations, ...report } = JSON.parse(json);
  return { ...files, report, limitations: limitations.filter((line: string) => !line.startsWith("Imported from a bundle on ")) };
}

test("a bundle that is exported, imported elsewhere and exported again holds the same, and says that it was imported", async () => {
  const first = await exportBundle(here.db, await stored(here));
  const imported = await importBundle(there.db, viewer, first);
  expect(imported).toMatchObject({ held: 2, citations: 2, sources: 2, passagesMissing: [], statusesLowered: [], trace: "whole" });
  const report = await reportOf(there, imported.reportId);
  expect(report.limitations).toEqual([
    expect.stringMatching(/^Imported from a bundle on \d{4}-\d\d-\d\d: its sources were not read/),
    "One provider rested.",
  ]);
  const second = await exportBundle(there.db, report);
  const files = await filesOf(second);
  const { report: _, ...unjudged } = files;
  expect(await filesOf(first)).toMatchObject(unjudged);
  const third = await importBundle(there.db, viewer, second);
  expect(await filesOf(await exportBundle(there.db, await reportOf(there, third.reportId)))).toEqual(files);
  const source = await getSource(there.db, viewer, report.citations[0]?.sourceId ?? "");
  const passage = report.citations[0]?.passage;
  expect(source?.text.slice(passage?.start, passage?.end)).toBe(depth);
  expect(await getSession(there.db, viewer, imported.sessionId)).toMatchObject({
    title: expect.stringMatching(/^Imported: How deep/),
    runs: [{ status: "done", termination: "answer", reportId: imported.reportId }],
  });
});

test("what was forged in a bundle is found and told, and counts for nothing", async () => {
  const bundle = await changed(await exportBundle(here.db, await stored(here)), (files) => {
    edit(files, "report.json", /"text": "The harbour at Velsund was dredged to nine/, '"text": "The harbour at Velsund was dredged to ten');
    edit(files, "report.json", '"status": "unchecked"', '"status": "supported"');
    edit(files, "report.json", `"claim": "${church}"`, '"claim": "教堂在1920年没有被烧毁。"');
    edit(files, "trace.jsonl", '"seq": 2', '"seq": 7');
  });
  const imported = await importBundle(there.db, viewer, bundle);
  expect(imported).toMatchObject({ held: 0, passagesMissing: [1], statusesLowered: [2], trace: "none" });
  const report = await reportOf(there, imported.reportId);
  expect(report.citations[0]).toMatchObject({ status: "unsupported", passage: { text: depth } });
  expect(report.citations[1]?.status).not.toBe("supported");
});

test.each<[string, (files: Map<string, string>) => void, RegExp]>([
  ["a text that is not its source's", (files) => edit(files, "sources/1.txt", "nine", "ten"), /sources\/1\.txt is not the text/],
  [
    "a citation of a source that is not there",
    (files) => edit(files, "report.json", '"sourceId": "dossier:source:1"', '"sourceId": "x"'),
    /citation 1 names no source/,
  ],
  ["a report that is none", (files) => files.set("report.json", "{}"), /report\.json: \w+/],
  ["a file of no bundle", (files) => files.set("run.sh", "#!/bin/sh"), /"run\.sh", which is no part/],
  ["a later format", (files) => edit(files, "manifest.json", '"version": 1', '"version": 2'), /manifest\.json: version/],
  ["no report", (files) => files.delete("report.json"), /report\.json is missing/],
  [
    "a mark that has no citation",
    (files) => edit(files, "report.json", '"markdown": "', '"markdown": "So it is said [1]. '),
    /the text has 3 marks, and there are 2 citations/,
  ],
  ["a time that is none", (files) => edit(files, "report.json", '"createdAt": "2026', '"createdAt": "0000'), /report\.json: createdAt/],
  [
    "a number that no column takes",
    (files) => edit(files, "sources.json", '"status": 200', '"status": 3000000000'),
    /sources\.json: 0\.status/,
  ],
  ["a script for an address", (files) => edit(files, "sources.json", "https:", "java\\tscript:"), /sources\.json: 0\.url is no address/],
])("a bundle with %s is refused, and leaves nothing behind", async (_, change, problem) => {
  const bundle = await changed(await exportBundle(here.db, await stored(here)), change);
  const count = async () => (await there.db.sql`select count(*)::int as n from sessions`)[0]?.n;
  const before = await count();
  const refused = importBundle(there.db, viewer, bundle);
  await expect(refused).rejects.toThrow(AppError);
  await expect(refused).rejects.toThrow(problem);
  expect(await count()).toBe(before);
});

test("a file that was changed without its hash is told by its name", async () => {
  const bundle = await changed(
    await exportBundle(here.db, await stored(here)),
    (files) => edit(files, "report.md", "dredged", "drained"),
    false,
  );
  await expect(importBundle(there.db, viewer, bundle)).rejects.toThrow("report.md was changed: its hash is not the manifest's.");
});

test.each([
  ["nothing", new Uint8Array()],
  ["no ZIP", Buffer.from("PK\u0003\u0004 and then nothing of the kind")],
])("%s is refused", async (_, bytes) => {
  await expect(importBundle(there.db, viewer, bytes)).rejects.toThrow(AppError);
});

const imported = async (change: (files: Map<string, string>) => void) => {
  const told = await importBundle(there.db, viewer, await changed(await exportBundle(here.db, await stored(here)), change));
  return { told, report: await reportOf(there, told.reportId) };
};

test("a log that is not over is none: no worker takes up what another house began, and nothing it was asked with comes along", async () => {
  const { told, report } = await imported((files) => edit(files, "trace.jsonl", /"status": ?"done"/, '"status":"running"'));
  expect(told.trace).toBe("none");
  const [run] = await there.db.sql`select status from runs where id = ${report.runId}`;
  expect(run?.status).toBe("done");
  const { report: other } = await imported((files) =>
    edit(
      files,
      "trace.jsonl",
      /"type": ?"run-queued"/,
      `"type":"run-queued","replayOf":"${report.runId}","basis":{"reportId":"x","question":"q","markdown":"m"}`,
    ),
  );
  const [queued] = await there.db.sql`select data from events where run_id = ${other.runId} and seq = 1`;
  expect(Object.keys(queued?.data ?? {})).not.toEqual(expect.arrayContaining(["replayOf"]));
  expect(Object.keys(queued?.data ?? {})).not.toEqual(expect.arrayContaining(["basis"]));
});

test("a sentence that is not the one of its citation is checked itself", async () => {
  const { told, report } = await imported((files) =>
    edit(files, "report.json", /("markdown": "[^"]*?)dredged to nine metres/, "$1drained to eighty metres"),
  );
  expect(told.held).toBeLessThan(2);
  expect(report.citations[0]?.status).not.toBe("quoted");
  expect(report.citations[0]?.claim).toContain("eighty");
});

test("what a report says of its sources is taken from the copies", async () => {
  const { report } = await imported((files) => {
    const before = JSON.parse(files.get("report.json") ?? "");
    before.sources[0] = { ...before.sources[0], title: "WHO guideline", url: "https://who.example/", hash: "f".repeat(64), copyOf: 2 };
    files.set("report.json", JSON.stringify(before));
  });
  expect(report.sources[0]).toMatchObject({ title: "Harbour", n: 1 });
  expect(report.sources[0]?.hash).not.toBe("f".repeat(64));
  expect(report.sources[0]?.copyOf).toBeUndefined();
});

test("supported is nothing that texts can show: without a model's verdict it does not hold", async () => {
  const { told, report } = await imported((files) =>
    edit(files, "report.json", '"status": "unchecked"', '"status": "supported","judge":"text","reason":"It stands word for word."'),
  );
  expect(report.citations[1]?.status).not.toBe("supported");
  expect(told.held + told.statusesLowered.length).toBe(2);
});

test("a log that the database cannot take is refused in words", async () => {
  const deep = 20_000;
  const refused = imported((files) =>
    edit(files, "trace.jsonl", /"type": ?"run-ended"/, `"type":"run-ended","more":${"[".repeat(deep)}${"]".repeat(deep)}`),
  );
  await expect(refused).rejects.toThrow(/^file: It holds a value that cannot be stored/);
});

test("one bundle is taken in at a time", async () => {
  const bundle = await exportBundle(here.db, await stored(here));
  const both = await Promise.allSettled([1, 2].map(() => importBundle(there.db, viewer, bundle)));
  expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  expect(both[1]).toMatchObject({ reason: { code: "unavailable" } });
});
