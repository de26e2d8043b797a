import { afterAll, beforeAll, expect, test } from "vitest";
import { sourcesOf } from "#db/queries/sources.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { scriptedModel } from "#e2e/support/scripted-model.ts";
import type { Event } from "#lib/domain/event.ts";
import { furnishTools } from "#lib/runs/furnish-tools.ts";
import type { Desks } from "#lib/runs/open-desks.ts";
import { replayRun } from "#lib/runs/replay-run.ts";
import { work } from "#lib/runs/work.ts";
import { deskOf } from "#lib/tools/policies/desk.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

/** A world that is another one every time it is asked. */
function changingWorld(): Desks & { asked: string[] } {
  const asked: string[] = [];
  const told = (request: string) => `${request}, told for the ${asked.push(request)}. time`;
  return {
    asked,
    search: [
      [
        deskOf("searxng", async (query: string) => ({
          ok: true as const,
          value: [{ title: told(query), url: `https://a.example/${query}`, site: "a.example", snippet: "s" }],
        })),
      ],
    ],
    scholar: [],
    pages: [
      deskOf("direct", async (url: string) => {
        const text = told(url);
        if (url.endsWith("/gone")) return { ok: false as const, reason: "not-found" as const, detail: "HTTP 404" };
        const page = { requestedUrl: url, url, title: "T", site: "a.example", text, status: 200, fetchedAt: "2026-11-25T00:00:00.000Z" };
        return { ok: true as const, value: page };
      }),
    ],
  };
}

const call = (name: string, given: unknown) =>
  `<think>\nt\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;
const printed = (head: string) => ({ head, leftOut: 0, tail: "" });
const answer = "<answer>\nDone.\n</answer>";
const script = [
  call("search", { query: ["one", "two"] }),
  call("visit", { url: ["https://a.example/one", "https://a.example/gone"], goal: "g" }),
  call("search", { query: ["one", "two"] }),
  answer,
];

async function run(turns: string[], world: Desks, replayOf?: string): Promise<{ id: string; log: Event[] }> {
  const { id } = replayOf ? await replayRun(kernel.db, kernel.queue, viewer, { runId: replayOf }) : await kernel.ask("q");
  const { tools } = await furnishTools(kernel.db.sql, { runId: id, replayOf: replayOf ?? null }, world, {
    summaryModel: null,
    fetchAhead: true,
  });
  await work(kernel.shop({ model: scriptedModel(turns), tools }), await kernel.claim(id), manualStops());
  return { id, log: await kernel.log(id) };
}

const returnsOf = (log: Event[]) => log.flatMap((event) => (event.type === "tool-returned" ? [event] : []));
const told = (log: Event[]) => returnsOf(log).map(({ outcome }) => outcome);

test("the same calls come to the same, also a call that was made twice, and nobody is asked", async () => {
  const recorded = await run(script, changingWorld());
  expect(told(recorded.log)[0]).not.toEqual(told(recorded.log)[2]);
  const world = changingWorld();
  const again = await run(script, world, recorded.id);
  expect(told(again.log)).toEqual(told(recorded.log));
  expect(world.asked).toEqual([]);
  expect(returnsOf(again.log).map(({ provider }) => provider)).toEqual(["recording", "recording", "recording"]);
  const [before, after] = await Promise.all([recorded, again].map(({ id }) => sourcesOf(kernel.db.sql, id)));
  expect(after?.map(({ text, url, fetchedAt }) => ({ text, url, fetchedAt }))).toEqual(
    before?.map(({ text, url, fetchedAt }) => ({ text, url, fetchedAt })),
  );
  expect(after?.[0]?.id).not.toBe(before?.[0]?.id);
  expect(returnsOf(again.log)[1]?.details).toMatchObject({ pages: [{ sourceId: after?.[0]?.id }, { failure: "not-found" }] });
});

test("calls in another form meet the same world: each query its hits, each address its page; what is not recorded is said so", async () => {
  const recorded = await run(script, changingWorld());
  const world = changingWorld();
  const other = await run(
    [
      call("search", { query: "two" }),
      call("visit", { url: "https://a.example/one", goal: "another" }),
      call("visit", { url: "https://a.example/gone", goal: "another" }),
      call("search", { query: ["three"] }),
      call("visit", { url: ["https://b.example/"], goal: "g" }),
      answer,
    ],
    world,
    recorded.id,
  );
  expect(world.asked).toEqual([]);
  expect(returnsOf(other.log).map(({ outcome }) => (outcome.kind === "ok" ? "ok" : outcome.reason))).toEqual([
    "ok",
    "ok",
    "not-found",
    "not-recorded",
    "not-recorded",
  ]);
  expect(told(other.log)[0]?.text).toContain("two, told for the");
  expect(told(other.log)[1]?.text).toContain("https://a.example/one, told for the");
  expect(told(other.log)[3]?.text).toContain("not in the recording");
});

test("a recorded script comes to what it came to where there is no sandbox any more; another one is said to be missing", async () => {
  const python = (code: string) => `<tool_call>\n{"name": "PythonInterpreter", "arguments": {}}\n<code>${code}</code>\n</tool_call>`;
  const sandbox = deskOf("pyodide", async () => ({
    ok: true as const,
    value: { stdout: printed("42\n"), stderr: printed(""), figures: [], returnCode: 0, ended: "exited" as const, durationMs: 1 },
  }));
  const { id } = await kernel.ask("q");
  const options = { summaryModel: null, fetchAhead: false };
  const { tools } = await furnishTools(kernel.db.sql, { runId: id, replayOf: null }, changingWorld(), {
    ...options,
    python: { desks: [sandbox], form: "tags" },
  });
  await work(kernel.shop({ model: scriptedModel([python("print(6 * 7)"), answer]), tools }), await kernel.claim(id), manualStops());
  const again = await run([python("print(6 * 7)"), python("print(1)"), answer], changingWorld(), id);
  expect(told(again.log)[0]).toEqual(told(await kernel.log(id))[0]);
  expect(told(again.log)[1]).toMatchObject({ kind: "failed", reason: "not-recorded" });
});

test("it is asked as it was asked", async () => {
  const { id } = await kernel.ask("How deep?", { calls: 7, minutes: 3 }, "compact");
  const { tools } = await furnishTools(kernel.db.sql, { runId: id, replayOf: null }, changingWorld(), {
    summaryModel: null,
    fetchAhead: true,
  });
  await work(kernel.shop({ model: scriptedModel([answer]), tools }), await kernel.claim(id), manualStops());
  const again = await replayRun(kernel.db, kernel.queue, viewer, { runId: id });
  const [before, after] = [(await kernel.log(id))[0], (await kernel.log(again.id))[0]];
  expect(after).toEqual({ ...before, at: after?.at, replayOf: id, requestHash: expect.any(String) });
  expect(again.sessionId).toBe((await replayRun(kernel.db, kernel.queue, viewer, { runId: id })).sessionId);
});

test("only a run of one's own that has ended can be replayed", async () => {
  const open = await kernel.ask("not worked on");
  const replay = (runId: string, who = viewer) => replayRun(kernel.db, kernel.queue, who, { runId });
  await expect(replay(open.id)).rejects.toThrow("not ended");
  await expect(replay(crypto.randomUUID())).rejects.toThrow("no such run");
  await expect(replay(open.id, { id: "stranger" })).rejects.toThrow("no such run");
});
