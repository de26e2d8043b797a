import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import { type Round, scriptedLanes } from "#e2e/support/scripted-lanes.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import { askedPart, writingModel } from "#e2e/support/writing-model.ts";
import type { Event, EventOf, EventType } from "#lib/domain/event.ts";
import { runView } from "#lib/domain/run-view.ts";
import { tongyi } from "#lib/model/dialects/tongyi.ts";
import type { ModelDelta } from "#lib/model/model.ts";
import { deskOf } from "#lib/tools/policies/desk.ts";
import { toolbox } from "./toolbox.ts";
import { type Workshop, work } from "./work.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await openKernel();
});
afterAll(() => kernel.close());

const towns: Record<string, string> = { a: "Velsund", b: "Norhavn", c: "Brennholm", d: "Hellvik", e: "Tromvik", f: "Askerud" };
const factOf = (page: string) => `The harbour of ${towns[page]} was dredged to nine metres in 1911.`;
const toolset = () => ({
  search: scriptedTool("search", () => "one result"),
  visit: sourcedVisit((url) => `A town. ${factOf(url.at(-1) ?? "")} It has a church.`),
});
const search = (query: string) => ({ name: "search", arguments: { query: [query] } });
const visit = (page: string) => ({ name: "visit", arguments: { url: `https://site.example/${page}`, goal: "depth" } });
/** A lane that searches, reads a page and answers with what stands on it. */
const reading = (page: string): Round[] => [
  { report: "Nothing yet.", call: search(`harbour ${page}`) },
  { report: "A page is known.", call: visit(page) },
  { report: factOf(page), answer: factOf(page) },
];
const synthesis = (...pages: string[]) =>
  `<think>\nI compare.\n</think>\n<findings>\n[{"finding": "Nine metres.", "lanes": {"1": "agrees", "2": "silent"}, "sources": [1], "verdict": "Stands."}]\n</findings>\n<answer>\n${pages.map(factOf).join("\n\n")}\n</answer>`;
const of = <T extends EventType>(log: readonly Event[], type: T) => log.filter((event): event is EventOf<T> => event.type === type);

async function run(model: ReturnType<typeof scriptedLanes>, lanes: number, more: Partial<Workshop> = {}) {
  const asked = await kernel.askHeavy("How deep are the harbours?", { lanes });
  const tools = toolset();
  await work(kernel.shop({ model, tools: [tools.search, tools.visit], ...more }), await kernel.claim(asked.id), manualStops());
  const log = await kernel.log(asked.id);
  const ended = await getRun(kernel.db.sql, viewer, asked.id);
  return { id: asked.id, log, view: runView(log), tools, ended, report: await getReport(kernel.db, viewer, ended?.reportId ?? "") };
}

describe("lanes and a synthesis", () => {
  test("what the lanes came to is written from what they read, by the model that brings them together", async () => {
    const lines = {
      outline: `Form: report\n## Velsund {p1, p2}\n## Norhavn {p1, p2}`,
      sections: { Velsund: `${factOf("a")} [p1]`, Norhavn: `${factOf("b")} [p2]` },
      closing: "Takeaway: Both are nine metres deep [p1][p2].",
    };
    const model = scriptedLanes([reading("a"), reading("b")], synthesis("a", "b"));
    const writer = writingModel([], lines);
    const speak = writer.source.complete;
    const together = {
      ...writer,
      card: { ...writer.card, name: "larger" },
      source: {
        complete: (...given: Parameters<typeof speak>) =>
          askedPart(given[0].messages) ? speak(...given) : model.source.complete(...given),
      },
    };
    const { view, report } = await run(model, 2, { synthesisModel: together, writesReports: true, judgesClaims: false });
    expect(writer.parts.map(({ kind }) => kind)).toEqual(["outline", "section", "section", "closing"]);
    expect(report).toMatchObject({ model: "larger", judge: null, limitations: [] });
    expect(report?.markdown).toMatch(/^Both are nine metres deep \[1\]\[2\]\./);
    expect(report?.sources.map(({ url }) => url).toSorted()).toEqual(["a", "b"].map((page) => `https://site.example/${page}`));
    expect(view.reporting).toBe("writing");
    expect(view.rows.flatMap((row) => (row.kind === "step" && row.writes ? [row.writes.kind] : []))).toEqual([
      "outline",
      "section",
      "section",
      "closing",
    ]);
  });

  test("each lane works for itself, the synthesis reads their reports, and the report cites the sources of all", async () => {
    const model = scriptedLanes([reading("a"), reading("b"), reading("c")], synthesis("a", "b", "c"));
    const { log, view, ended, report } = await run(model, 3);
    expect(ended).toMatchObject({ status: "done", termination: "answer", mode: "heavy", heavy: { lanes: 3 }, usage: { calls: 10 } });
    expect(of(log, "lane-ended").map(({ lane, end }) => [lane, end])).toEqual(
      expect.arrayContaining([1, 2, 3].map((n) => [`researcher-${n}`, "answered"])),
    );
    expect(report?.citations.map((citation) => citation.status)).toEqual(["quoted", "quoted", "quoted"]);
    expect(report?.sources.map((source) => source.url).toSorted()).toEqual(["a", "b", "c"].map((page) => `https://site.example/${page}`));
    expect(report?.limitations).toEqual([]);
    expect(view.lanes.map(({ name, state, steps }) => [name, state, steps])).toEqual([
      ["researcher-1", "ended", 3],
      ["researcher-2", "ended", 3],
      ["researcher-3", "ended", 3],
      ["synthesis", "ended", 1],
    ]);
    expect(view.reporting).toBeNull();
    expect(view.lanes[3]?.findings).toEqual([
      {
        finding: "Nine metres.",
        lanes: [
          { lane: 1, stance: "agrees" },
          { lane: 2, stance: "silent" },
        ],
        sources: [1],
        verdict: "Stands.",
      },
    ]);
    const prompt = model.prompts.get(0)?.[0]?.[1]?.content ?? "";
    for (const page of ["a", "b", "c"]) expect(prompt).toContain(factOf(page));
    expect(prompt, "no trajectory").not.toContain("one result");
  });

  test("a round's prompt is the question, the report, the last action and its response, with the numbers of its sources", async () => {
    const model = scriptedLanes([reading("a"), reading("b")], synthesis("a", "b"));
    const { log } = await run(model, 2);
    const [first, second, third] = (model.prompts.get(1) ?? []).map((messages) => messages[1]?.content ?? "");
    expect(first).toContain("(empty: this is the first round)");
    expect(first).not.toContain("<last_action>");
    expect(second).toContain("<report>\nRound 1. Nothing yet.\n</report>");
    expect(second).toContain('<last_action>\n{"name":"search","arguments":{"query":["harbour a"]}}\n</last_action>');
    expect(second).toContain("<tool_response>\none result\n</tool_response>");
    const n = of(log, "source-found").find((event) => event.lane === "researcher-1")?.source.n;
    expect(third).toContain(`[${n}] https://site.example/a`);
    expect(third, "earlier responses are gone").not.toContain("one result");
    expect(third, "thoughts are never carried over").not.toContain("Thought of round");
  });

  test("a missing report is asked for again once, without the call being made; then the one before stays", async () => {
    const broken: Round[] = [
      { report: "Known.", call: search("one") },
      { report: null, call: search("two") },
    ];
    let asked = 0;
    const model = scriptedLanes([reading("a"), broken], synthesis("a"));
    const { complete } = model.source;
    model.source = {
      // The same prompt but for the note: the third time it answers.
      async *complete(request, signal) {
        if (request.sample !== 2 || !request.messages[1]?.content.includes("Round 1. Known.") || ++asked < 3)
          yield* complete(request, signal);
        else yield* spoken("<answer>\nIt is not known.\n</answer>");
      },
    };
    const { log, view, tools } = await run(model, 2);
    const lane = of(log, "step-ended").filter((event) => event.lane === "researcher-2");
    expect(lane.map(({ step, report }) => [step, report ?? null])).toEqual([
      [1, "Round 1. Known."],
      [2, null],
      [3, null],
      [4, null],
    ]);
    expect(tools.search.calls.map((call) => call.query)).toEqual(expect.arrayContaining([["one"], ["two"]]));
    expect(tools.search.calls.filter((call) => String(call.query) === "two")).toHaveLength(1);
    expect(of(log, "tool-called").find((event) => event.lane === "researcher-2" && event.step === 2)).toBeUndefined();
    expect(model.prompts.get(2)?.[2]?.[1]?.content).toContain("Your last turn had no report");
    const rows = view.rows.flatMap((row) => (row.kind === "step" && row.lane === "researcher-2" ? [row.reportMissing] : []));
    expect(rows).toEqual([null, "asked-again", "kept", "kept"]);
    expect(view.lanes[1]).toMatchObject({ report: "Round 1. Known.", reportStep: 1, answer: "It is not known." });
  });

  test("a lane that makes a call again is told, and one that goes on with it is told to answer", async () => {
    const circles: Round[] = Array.from({ length: 6 }, () => ({ report: "Again.", call: search("same") }));
    const model = scriptedLanes([reading("a"), circles], synthesis("a"));
    const { complete } = model.source;
    model.source = {
      async *complete(request, signal) {
        if (request.sample === 2 && request.messages.length > 2) yield* spoken("<answer>\nNothing found.\n</answer>");
        else yield* complete(request, signal);
      },
    };
    const { log, view } = await run(model, 2);
    const told = (model.prompts.get(2) ?? []).map(
      (messages) => messages[1]?.content.includes("This is exactly the call of step 1") ?? false,
    );
    expect(told).toEqual([false, false, true, true]);
    expect(of(log, "lane-ended").find((event) => event.lane === "researcher-2")).toMatchObject({ end: "answered", forced: "repetition" });
    expect(view.rows.flatMap((row) => (row.kind === "step" && row.lane === "researcher-2" ? [row.repeatOf] : []))).toEqual([
      null,
      1,
      1,
      1,
      null,
    ]);
  });
});

test("what one lane's model is asking for goes on when another lane's call ends", async () => {
  const fetched: string[] = [];
  const bothBegun = Promise.withResolvers<void>();
  const arrived = (url: string) => fetched.some((each) => each.endsWith(url));
  const pages = deskOf("direct", async (url: string) => {
    fetched.push(url);
    if (arrived("/a") && arrived("/b")) bothBegun.resolve();
    await bothBegun.promise;
    const text = factOf(url.at(-1) ?? "");
    const page = { requestedUrl: url, url, title: "T", site: "s", text, status: 200, fetchedAt: "2026-11-25T00:00:00.000Z" };
    return { ok: true as const, value: page };
  });
  const othersCallEnded = Promise.withResolvers<void>();
  const [before = "", after = ""] = `<report>\nRound 1. R\n</report>\n<tool_call>\n${JSON.stringify(visit("b"))}\n</tool_call>`.split(
    /(?<=\/b",)/,
  );
  const slow: Round = async function* (): AsyncGenerator<ModelDelta> {
    yield { kind: "text", text: before };
    await othersCallEnded.promise;
    yield* spoken(after);
  };
  const secondRound: Round = async function* (): AsyncGenerator<ModelDelta> {
    othersCallEnded.resolve();
    yield* spoken(`<answer>\n${factOf("a")}\n</answer>`);
  };
  const answers = { report: "R", answer: factOf("b") };
  const model = scriptedLanes(
    [
      [{ report: "R", call: visit("a") }, secondRound],
      [slow, answers],
    ],
    synthesis("a", "b"),
  );
  const laneTools = () => toolbox({ search: [], scholar: [], pages: [pages] }, { summaryModel: null, fetchAhead: true });
  const { ended } = await run(model, 2, { tools: laneTools(), laneTools });
  expect(ended?.status).toBe("done");
  expect(fetched.map((url) => url.slice(-2)).toSorted()).toEqual(["/a", "/b"]);
});

describe("row 34: lanes that do not come through", () => {
  const dies: Round = async function* (): AsyncGenerator<ModelDelta> {
    yield { kind: "failed", failure: { reason: "unreachable", detail: "No connection to http://gpu-2:8000" } };
  };
  const babbles: Round = async function* (messages): AsyncGenerator<ModelDelta> {
    yield* spoken(messages.length > 2 ? "<think>still nothing" : `lorem ipsum ${messages[1]?.content.length} dolor`);
  };

  test("one dies, one stalls, one talks nonsense: the synthesis is made from the rest, and the report says so", async () => {
    const later: Round[] = [{ report: "One.", call: search("x") }, waits];
    const model = scriptedLanes(
      [
        reading("a"),
        [{ report: "Two.", call: search("y") }, dies],
        later,
        [babbles, babbles, babbles, babbles],
        reading("e"),
        reading("f"),
      ],
      synthesis("a", "e", "f"),
    );
    const { log, ended, report } = await run(model, 6, { stallMs: 200 });
    expect(ended).toMatchObject({ status: "done", termination: "answer" });
    const ends = Object.fromEntries(of(log, "lane-ended").map(({ lane, end, detail }) => [lane, [end, detail ?? ""]]));
    expect(ends).toMatchObject({
      "researcher-1": ["answered", ""],
      "researcher-2": ["failed", "No connection to http://gpu-2:8000"],
      "researcher-3": ["stalled", expect.stringContaining("the others had ended")],
      "researcher-4": ["unanswered", expect.stringContaining("no answer")],
    });
    expect(report?.limitations).toEqual([
      "3 of 6 lanes gave an answer.",
      "Lane 2 failed after 1 round: No connection to http://gpu-2:8000. Its last report is used.",
      expect.stringMatching(/^Lane 3 stalled after 1 round and was not waited for: .* Its last report is used\.$/),
      expect.stringMatching(/^Lane 4 gave no answer after 4 rounds: .* Nothing of it is used\.$/),
    ]);
    const prompt = model.prompts.get(0)?.[0]?.[1]?.content ?? "";
    expect(prompt).toContain("Researcher 3 (Lane 3 stalled");
    expect(prompt).toContain("Lane 4 gave no answer");
  });

  test("without a synthesis what the lanes came to is kept side by side, and the run says so", async () => {
    const { ended, report } = await run(scriptedLanes([reading("a"), reading("b")], dies), 2);
    expect(ended).toMatchObject({ status: "failed", termination: "model unavailable" });
    expect(report?.markdown).toMatch(/## Lane 1\n\nThe harbour of Velsund.*\n\n## Lane 2\n\nThe harbour of Norhavn/s);
    expect(report?.citations).toHaveLength(2);
    expect(report?.limitations[0]).toContain("The lanes were not brought together");
  });

  test("lanes of which none leaves anything end in an evidence report, or in none", async () => {
    const { ended, report, log } = await run(scriptedLanes([[dies], [dies]], "never asked"), 2);
    expect(ended).toMatchObject({ status: "failed" });
    expect(log.at(-1)).toMatchObject({
      detail: expect.stringContaining("Lane 1 failed before its first round ended: No connection to http://gpu-2:8000. Lane 2 failed"),
    });
    expect(report).toBeNull();
  });
});

describe("a worker that ends", () => {
  /** Works on a run until its log has what is waited for, and then is gone. */
  async function workUntil(
    runId: string,
    model: Workshop["model"],
    tools: Workshop["tools"],
    has: (log: Event[]) => boolean,
  ): Promise<void> {
    const stops = manualStops();
    const working = work(kernel.shop({ model, tools }), await kernel.claim(runId), stops).catch(() => {});
    await kernel.follow(runId, has);
    await kernel.db.sql`update runs set epoch = epoch + 1 where id = ${runId}`; // one that has died says nothing any more
    stops.leave();
    await working;
  }

  test("again and again at one lane costs the answers of no other", async () => {
    const asked = await kernel.askHeavy("Poisoned?", { lanes: 2 });
    const model = scriptedLanes([[{ report: "R", answer: "The answer of lane one." }], [waits]], "never asked");
    await workUntil(asked.id, model, [], (events) => of(events, "lane-ended").length === 1);
    for (const starts of [2, 3]) await workUntil(asked.id, model, [], (events) => of(events, "run-started").length === starts);
    await work(kernel.shop({ model, tools: [] }), await kernel.claim(asked.id), manualStops());
    const ended = await getRun(kernel.db.sql, viewer, asked.id);
    expect(ended).toMatchObject({ status: "failed", termination: "crashed repeatedly" });
    const report = await getReport(kernel.db, viewer, ended?.reportId ?? "");
    expect(report?.markdown).toContain("## Lane 1\n\nThe answer of lane one.");
    expect(report?.limitations).toEqual([
      expect.stringContaining("The lanes were not brought together"),
      "1 of 2 lanes gave an answer.",
      "Lane 2 did not come to an end.",
    ]);
  });

  test("for longer than the minutes of the run: each lane still answers from what it has", async () => {
    const asked = await kernel.askHeavy("Overnight?", { lanes: 2, strategy: "parallel-muse" });
    const later = { now: false };
    const model: Workshop["model"] = {
      card: { dialect: "tongyi", name: "m", window: null },
      dialect: tongyi,
      source: {
        async *complete({ messages }, signal) {
          if (later.now) yield* spoken("<think>T</think>\n<answer>Nine metres.</answer>");
          else if (messages.length > 2) yield* hangs(signal);
          else yield* spoken(`<tool_call>\n${JSON.stringify(search("x"))}\n</tool_call>`);
        },
      },
    };
    const tools = [scriptedTool("search", () => "one result")];
    await workUntil(asked.id, model, tools, (events) => of(events, "tool-returned").length === 2);
    later.now = true;
    const clock = () => new Date(Date.now() + 24 * 3_600_000);
    await work(kernel.shop({ model, tools, clock }), await kernel.claim(asked.id), manualStops());
    const lanes = of(await kernel.log(asked.id), "lane-ended");
    expect(lanes.map(({ end, forced }) => [end, forced])).toEqual([
      ["answered", "minutes"],
      ["answered", "minutes"],
    ]);
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject({ status: "done" });
  });
});

describe("stops", () => {
  test("stop now reaches every lane", async () => {
    const asked = await kernel.askHeavy("Endless?", { lanes: 4 });
    const model = scriptedLanes([[waits], [waits], [waits], [waits]], "never asked");
    const stops = manualStops();
    const working = work(kernel.shop({ model, tools: [] }), await kernel.claim(asked.id), stops);
    await kernel.follow(asked.id, (events) => new Set(of(events, "text-appended").map((event) => event.lane)).size === 4);
    await stops.command("now");
    await working;
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject({ status: "stopped", reportId: null });
    expect(runView(await kernel.log(asked.id)).lanes.map((lane) => lane.state)).toEqual(["ended", "ended", "ended", "ended", "queued"]);
  });

  test("finish with what we have: each lane answers from what it has, and the synthesis brings it together", async () => {
    const asked = await kernel.askHeavy("Finish?", { lanes: 2 });
    const stops = manualStops();
    const slow = scriptedTool("search", async () => {
      await stops.command("finish");
      return "one result";
    });
    const lane: Round[] = [
      { report: "Begun.", call: search("x") },
      { report: factOf("a"), answer: factOf("a") },
    ];
    const model = scriptedLanes([lane, lane], synthesis("a"));
    await work(kernel.shop({ model, tools: [slow] }), await kernel.claim(asked.id), stops);
    expect(model.prompts.get(1)?.at(-1)?.at(-1)?.content, "told to answer").toContain("no more tools can be called");
    expect(await getRun(kernel.db.sql, viewer, asked.id)).toMatchObject({ status: "done", termination: "generate an answer on request" });
    expect(of(await kernel.log(asked.id), "lane-ended").map((event) => event.forced)).toEqual(["request", "request"]);
  });
});

describe("the durability law", () => {
  test("a crash at every event of a recorded run of four lanes, then a resume: the same report, and no call that had returned is made again", async () => {
    const pages = ["a", "b", "c", "d"];
    const model = () => scriptedLanes(pages.map(reading), synthesis(...pages));
    const first = await run(model(), 4);
    const { log } = first;
    const whole = reportOf(first.report);
    expect(log.length).toBeGreaterThan(40);
    for (let length = 1; length < log.length; length++) {
      const asked = await kernel.askHeavy("How deep are the harbours?", { lanes: 4 });
      const kept = log.slice(0, length);
      const sources = of(kept, "source-found").map((event) => event.source.id);
      await kernel.db.sql`
        insert into events select ${asked.id}, seq, type, at, data from events where run_id = ${first.id} and seq <= ${kept.at(-1)?.seq ?? 0} and seq > 1`;
      await kernel.db.sql`
        insert into sources select gen_random_uuid(), ${asked.id}, n, requested_url, url, title, site, text, hash, status, fetched_at
        from sources where run_id = ${first.id} and id = any(${sources})`;
      const tools = toolset();
      await work(kernel.shop({ model: model(), tools: [tools.search, tools.visit] }), await kernel.claim(asked.id), manualStops());
      const returned = of(kept, "tool-returned").map((event) => event.callId);
      expect(tools.search.calls.length, `searches after ${length} events`).toBe(4 - returned.filter((id) => id.endsWith("-1")).length);
      expect(tools.visit.calls.length, `visits after ${length} events`).toBe(4 - returned.filter((id) => id.endsWith("-2")).length);
      const ended = await getRun(kernel.db.sql, viewer, asked.id);
      expect(reportOf(await getReport(kernel.db, viewer, ended?.reportId ?? "")), `report after ${length} events`).toEqual(whole);
      const resumed = await kernel.log(asked.id);
      expect(of(resumed, "lane-ended"), `lanes ended after ${length} events`).toHaveLength(4);
      expect(of(resumed, "lane-started"), `lanes started after ${length} events`).toHaveLength(5);
    }
  }, 120_000);

  const reportOf = (report: Awaited<ReturnType<typeof getReport>>) => ({
    markdown: report?.markdown.replace(/\[\d+\]/g, "[n]"),
    citations: report?.citations.map(({ passage, status }) => ({ passage, status })),
    sources: report?.sources.map((source) => source.url),
    limitations: report?.limitations,
  });
});

async function* hangs(signal: AbortSignal): AsyncGenerator<ModelDelta> {
  yield { kind: "text", text: "<think>on and " };
  await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
const waits: Round = (_, signal) => hangs(signal);

async function* spoken(text: string): AsyncGenerator<ModelDelta> {
  yield { kind: "text", text };
  yield { kind: "ended", finishReason: "stop", usage: { promptTokens: 100, completionTokens: 50 } };
}
