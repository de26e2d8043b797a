import { afterAll, beforeAll, expect, test } from "vitest";
import { attachmentBytes, deleteAttachment, getAttachment } from "#db/queries/attachments.ts";
import { createSession, deleteSession } from "#db/queries/sessions.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedModel } from "#e2e/support/scripted-model.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import type { AttachmentRef } from "#lib/domain/attachment.ts";
import { ask } from "./ask.ts";
import { keepAttachment } from "./keep-attachment.ts";
import { work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const stranger = { id: "stranger" };
const rowsAbout = (what: string) => new TextEncoder().encode(`year,${what}\n1911,9\n1912,9\n`);
const upload = (name: string, what = name, who = viewer) => keepAttachment(kernel.db, who, { name, bytes: rowsAbout(what) });
const newSession = async () => (await createSession(kernel.db, viewer, "")).id;

function askWith(sessionId: string, files: (AttachmentRef | string)[], more: { question?: string; idempotencyKey?: string } = {}) {
  const attachments = files.map((file) => (typeof file === "string" ? file : file.id));
  const budget = { calls: 9, minutes: 9 };
  return ask(kernel.db, kernel.queue, viewer, { sessionId, question: "How deep?", mode: "react", budget, attachments, ...more });
}
async function filesOf(runId: string): Promise<AttachmentRef[]> {
  const [queued] = await kernel.log(runId);
  return queued?.type === "run-queued" ? queued.attachments : [];
}
const namesOf = async (runId: string) => (await filesOf(runId)).map((file) => file.name);
const isKept = async (file: AttachmentRef) => (await attachmentBytes(kernel.db.sql, file.id)) !== null;
const age = (file: AttachmentRef, hours: number) =>
  kernel.db.sql`update attachments set created_at = now() - make_interval(hours => ${hours}) where id = ${file.id}`;
const refused = { code: "unprocessable", field: "attachments" };

test("an upload is stored under a name that is only a name, with what its bytes are", async () => {
  const file = await upload("../../gauges\u202E\0.csv", "depth");
  expect(file).toEqual({ id: expect.any(String), name: "gauges.csv", type: "CSV table", size: 25 });
  const stored = await getAttachment(kernel.db, viewer, file.id);
  expect(stored).toMatchObject({ name: "gauges.csv" });
  expect(new Uint8Array(stored?.bytes ?? [])).toEqual(rowsAbout("depth"));
});

test("what no tool reads is refused by its bytes, with a sentence, and not stored", async () => {
  const program = Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"), Buffer.alloc(512)]);
  for (const name of ["setup.exe", "accounts.pdf"])
    await expect(keepAttachment(kernel.db, viewer, { name, bytes: program })).rejects.toMatchObject({
      code: "unprocessable",
      field: "file",
      message: expect.stringMatching(/^It is .+ can be read\.$/),
    });
  await expect(keepAttachment(kernel.db, viewer, { name: "empty.csv", bytes: new Uint8Array() })).rejects.toMatchObject({ field: "file" });
  const [row] = await kernel.db
    .sql`select count(*)::int as stored from attachments where name in ('setup.exe', 'accounts.pdf', 'empty.csv')`;
  expect(row).toEqual({ stored: 0 });
});

test("a question names its files in its log, in their order, and its run reads them", async () => {
  const [depths, minutes] = [await upload("depths.csv"), await upload("minutes.csv")];
  const run = await askWith(await newSession(), [minutes, depths]);
  expect(await filesOf(run.id)).toEqual([minutes, depths]);
  const model = scriptedModel([
    '<think>\nI read it.\n</think>\n<tool_call>\n{"name": "parse_file", "arguments": {"files": ["depths.csv"]}}\n</tool_call>',
    "<think>\nDone.\n</think>\n<answer>\nNine metres.\n</answer>",
  ]);
  const read: string[] = [];
  const parseFile = scriptedTool("parse_file", () => "");
  const tool: typeof parseFile = {
    ...parseFile,
    async run(input, context) {
      const file = context.attachments.find((each) => each.name === "depths.csv");
      read.push(new TextDecoder().decode((file && (await context.bytesOf(file))) ?? undefined));
      return parseFile.run(input, context);
    },
  };
  await work(kernel.shop({ model, tools: [tool] }), await kernel.claim(run.id), manualStops());
  expect(read).toEqual([new TextDecoder().decode(rowsAbout("depths.csv"))]);
  const listed = "- minutes.csv (CSV table, 31 bytes)\n- depths.csv (CSV table, 30 bytes)";
  for (const prompt of model.prompts)
    expect(prompt[1]?.content).toBe(`How deep?\n\nUploaded files, to be read with parse_file:\n${listed}`);
});

test("files stay for the questions after, own first, each once, under names that differ", async () => {
  const session = await newSession();
  const first = await upload("data.csv", "first");
  const copy = await upload("data.csv", "first");
  const other = await upload("data.csv", "other");
  await askWith(session, [first]);
  expect(await namesOf((await askWith(session, [other])).id)).toEqual(["data.csv", "data (2).csv"]);
  const third = await filesOf((await askWith(session, [copy])).id);
  expect(third.map(({ id, name }) => [id, name])).toEqual([
    [copy.id, "data.csv"],
    [other.id, "data (2).csv"],
  ]);
  expect(await namesOf((await askWith(session, [])).id)).toEqual(["data.csv", "data (2).csv"]);
  expect(await namesOf((await askWith(await newSession(), [])).id)).toEqual([]);
});

test("a run is told of twenty files at most: the ones longest ago are left out", async () => {
  const session = await newSession();
  const old = [await upload("old 1.csv"), await upload("old 2.csv")];
  await askWith(session, old);
  const own = [];
  for (let n = 1; n <= 19; n++) own.push(await upload(`own ${n}.csv`));
  expect(await namesOf((await askWith(session, own)).id)).toEqual([...own.map((file) => file.name), "old 1.csv"]);
});

test("a file of somebody else, of nobody, or of no possible id is refused, and nothing is asked", async () => {
  const session = await newSession();
  const foreign = await upload("secret.csv", "secret", stranger);
  for (const id of [foreign.id, crypto.randomUUID(), "../../etc/passwd"])
    await expect(askWith(session, [await upload("mine.csv"), id])).rejects.toMatchObject(refused);
  const [row] = await kernel.db.sql`select count(*)::int as runs from runs where session_id = ${session}`;
  expect(row).toEqual({ runs: 0 });
  expect(await getAttachment(kernel.db, viewer, foreign.id)).toBeNull();
  expect(await deleteAttachment(kernel.db, viewer, foreign.id)).toBe("missing");
  expect(await isKept(foreign)).toBe(true);
});

test("files that are too large together are refused with the numbers", async () => {
  const [a, b] = [await upload("a.csv"), await upload("b.csv")];
  await kernel.db.sql`update attachments set size = 30000001 where id in (${a.id}, ${b.id})`;
  await expect(askWith(await newSession(), [a, b])).rejects.toMatchObject({ ...refused, message: expect.stringContaining("60 MB") });
});

test("the same key with other files is another question", async () => {
  const session = await newSession();
  const [a, b] = [await upload("a.csv"), await upload("b.csv")];
  const run = await askWith(session, [a, b], { idempotencyKey: "k" });
  expect((await askWith(session, [a, b], { idempotencyKey: "k" })).id).toBe(run.id);
  for (const files of [[a], [b, a], []])
    await expect(askWith(session, files, { idempotencyKey: "k" })).rejects.toMatchObject({ code: "conflict" });
});

test("deleting a session deletes its files, but not those that another session was asked with", async () => {
  const [session, other] = [await newSession(), await newSession()];
  const [own, shared] = [await upload("own.csv"), await upload("shared.csv")];
  await askWith(session, [own, shared]);
  await askWith(other, [shared]);
  expect(await deleteAttachment(kernel.db, viewer, own.id)).toBe("in-use");
  expect(await deleteSession(kernel.db, stranger, session)).toBe(false);
  expect(await deleteSession(kernel.db, viewer, session)).toBe(true);
  expect([await isKept(own), await isKept(shared)]).toEqual([false, true]);
  expect(await deleteSession(kernel.db, viewer, other)).toBe(true);
  expect(await isKept(shared)).toBe(false);
});

test("an upload that came with no question can be deleted, and is a day later", async () => {
  const [taken, forgotten, recent, used] = [await upload("1.csv"), await upload("2.csv"), await upload("3.csv"), await upload("4.csv")];
  expect(await deleteAttachment(kernel.db, viewer, taken.id)).toBe("deleted");
  expect(await deleteAttachment(kernel.db, viewer, taken.id)).toBe("missing");
  await askWith(await newSession(), [used]);
  await Promise.all([age(forgotten, 25), age(recent, 23), age(used, 99)]);
  await upload("5.csv");
  expect(await Promise.all([forgotten, recent, used].map(isKept))).toEqual([false, true, true]);
});

test("a file that is deleted while a question is asked with it is either kept by the question or missing for it", async () => {
  for (let round = 0; round < 10; round++) {
    const file = await upload("contested.csv");
    const session = await newSession();
    const [asked, deleted] = await Promise.allSettled([askWith(session, [file]), deleteAttachment(kernel.db, viewer, file.id)]);
    if (asked.status === "fulfilled") expect(deleted).toMatchObject({ status: "fulfilled", value: "in-use" });
    else expect([asked.reason, deleted]).toMatchObject([refused, { status: "fulfilled", value: "deleted" }]);
  }
});
