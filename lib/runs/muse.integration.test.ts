import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { getReport } from "#db/queries/reports.ts";
import { getRun } from "#db/queries/runs.ts";
import { type Kernel, manualStops, openKernel, viewer } from "#e2e/support/kernel.ts";
import {
  addressOf,
  askedIn,
  factOf,
  labelsIn,
  type MuseTurn,
  museScript,
  type Served,
  search,
  serveMuse,
  towns,
  visit,
} from "#e2e/support/muse-house.ts";
import { scriptedTool } from "#e2e/support/scripted-tool.ts";
import { renderPrompt } from "#e2e/support/servers/fake-model/render-prompt.ts";
import type { ChatRequest, Reply, Script } from "#e2e/support/servers/fake-model.ts";
import { sourcedVisit } from "#e2e/support/sourced-tool.ts";
import type { RetryPolicy } from "#lib/agents/agent-run.ts";
import type { Event, EventOf, EventType } from "#lib/domain/event.ts";
import type { HeavyPlan } from "#lib/domain/heavy.ts";
import { runView } from "#lib/domain/run-view.ts";
import { type Stops, type Workshop, work } from "./work.ts";

let kernel: Kernel;
const open: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  kernel = await openKernel();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
afterAll(() => kernel.close());

const of = <T extends EventType>(log: readonly Event[], type: T) => log.filter((event): event is EventOf<T> => event.type === type);
const laneOf = <T extends EventType>(log: readonly Event[], type: T, number: number) =>
  of(log, type).filter((event) => "lane" in event && event.lane === `researcher-${number}`);

type Dialect = "tongyi" | "native";
const dialects = ["tongyi", "native"] as const;

/** A server for each key that lanes go by, and one for the aggregation. `but`: what a request gets instead; undefined, what the script says. */
async function house(
  dialect: Dialect,
  firsts: Record<string, string>,
  but: (request: ChatRequest) => Promise<Reply | undefined> | Reply | undefined = () => undefined,
  turns?: Record<string, MuseTurn>,
) {
  const servers: Record<string, Served> = {};
  for (const [key, first] of Object.entries({ ...firsts, synthesis: "" })) {
    const script: Script = museScript(dialect, first, turns);
    servers[key] = await serveMuse(dialect, async (request, index) => (await but(request)) ?? script(request, index));
    open.push(servers[key].server);
  }
  const of = (key: string) => {
    const served = servers[key];
    if (!served) throw new Error(`No server for ${key}`);
    return served;
  };
  return { server: (key: string) => of(key).server, laneModel: (key: string) => of(key).model, model: of("synthesis").model };
}
type House = Awaited<ReturnType<typeof house>>;

const toolset = () => ({
  search: scriptedTool("search", () => "one result"),
  visit: sourcedVisit((url) => `A town. ${factOf(url.at(-1) ?? "")} It has a church.`),
});

const plan = (more: Partial<HeavyPlan> = {}) => ({ lanes: 4, strategy: "parallel-muse" as const, ...more });

interface RunOptions extends Partial<Workshop> {
  plan?: Partial<HeavyPlan>;
  stops?: Stops;
}
async function run({ laneModel, model }: House, { plan: given, stops = manualStops(), ...more }: RunOptions = {}) {
  const asked = await kernel.askHeavy("How deep are the harbours?", plan(given));
  return worked(asked.id, { laneModel, model }, stops, more);
}
async function worked(id: string, { laneModel, model }: Pick<House, "laneModel" | "model">, stops: Stops, more: Partial<Workshop> = {}) {
  const tools = toolset();
  await work(kernel.shop({ model, laneModel, tools: [tools.search, tools.visit], ...more }), await kernel.claim(id), stops);
  const log = await kernel.log(id);
  const ended = await getRun(kernel.db.sql, viewer, id);
  return { id, log, tools, ended, report: await getReport(kernel.db, viewer, ended?.reportId ?? "") };
}
type Ran = Awaited<ReturnType<typeof run>>;

/** The page that each fact of the report cites, by the page it is from. */
function citedPages({ report }: Pick<Ran, "report">): Record<string, string | undefined> {
  const lines = [...(report?.markdown ?? "").matchAll(/The harbour of (\w+) [^[]*\[(\d+)\]/g)];
  return Object.fromEntries(
    lines.map(([, town, n]) => [
      Object.keys(towns).find((page) => towns[page] === town),
      report?.sources.find((source) => source.n === Number(n))?.url,
    ]),
  );
}
const rightPages = (...pages: string[]) => Object.fromEntries(pages.map((page) => [page, addressOf(page)]));

/** The numbers of the run in what a lane wrote, put back to the pages. */
const pagesIn = (text: string | null | undefined, log: readonly Event[]) =>
  [...(text ?? "").matchAll(/\[(\d+)\]/g)].map(([, n]) => of(log, "source-found").find(({ source }) => source.n === Number(n))?.source.url);

const rollouts = { "researcher-1": "L1.1", "researcher-4": "L4.1" };
/** Four lanes that each read a page of their own. */
const apart: Record<string, MuseTurn> = Object.fromEntries(
  ["a", "b", "c", "d"].flatMap((page, index) => [
    [`L${index + 5}.1`, { does: search(page) }],
    [`L${index + 5}.2`, { does: visit(page) }],
    [`L${index + 5}.3`, { does: factOf(page, " [1]") }],
  ]),
);
const firsts = (lanes: number) =>
  Object.fromEntries(Array.from({ length: lanes }, (_, index) => [`researcher-${index + 1}`, `L${index + 5}.1`]));

describe.each(dialects)("%s: lanes that keep their conversation", (dialect) => {
  test("each reports once on how it got to its answer, and one answer is made of the four, with the right pages behind its marks", async () => {
    const muse = await house(dialect, firsts(4), undefined, apart);
    const ran = await run(muse);
    const { log, ended, report } = ran;
    expect(ended).toMatchObject({ status: "done", termination: "answer", heavy: { strategy: "parallel-muse" } });
    expect(citedPages(ran)).toEqual(rightPages("a", "b", "c", "d"));
    expect(report?.removedMarks).toEqual([]);
    expect(report?.citations.map(({ origin, status }) => [origin, status])).toEqual(Array.from({ length: 4 }, () => ["model", "quoted"]));
    for (const [index, page] of ["a", "b", "c", "d"].entries()) {
      const steps = laneOf(log, "step-ended", index + 1);
      expect(steps.map((step) => step.move.kind)).toEqual(["calls", "calls", "answer", "none"]);
      expect(steps.map((step) => step.report === undefined)).toEqual([true, true, true, false]);
      const [lane] = laneOf(log, "lane-ended", index + 1);
      // Each says [1] for the page that it read: which of the run's sources that is, only the run knows.
      expect(pagesIn(lane?.answer, log)).toEqual([addressOf(page)]);
      expect(pagesIn(steps.at(-1)?.report, log)).toEqual([addressOf(page)]);
      expect(muse.server(`researcher-${index + 1}`).requests.map(askedIn)).toEqual(["lane", "lane", "lane", "compress"]);
    }
    const [aggregated] = muse.server("synthesis").requests;
    expect(aggregated?.tools, "no tools").toBeUndefined();
    for (const page of ["a", "b", "c", "d"])
      expect(aggregated?.messages[1]?.content).toContain(`## Final reasoning\n\nThe harbour of ${towns[page]}`);
    expect(aggregated?.messages[1]?.content, "no trajectory").not.toContain("one result");
    expect(of(log, "step-ended").filter((step) => step.uncertainty)).toEqual([]);
  });
});

test("native: calls made at once are numbered in the order in which they are shown, not in that in which they return", async () => {
  const turns: Record<string, MuseTurn> = {
    "L5.1": { does: [visit("a"), visit("b")] },
    "L5.2": { does: `${factOf("a", " [1]")}\n\n${factOf("b", " [2]")}` },
    "L6.1": { does: "Nothing was found." },
  };
  const muse = await house("native", firsts(2), undefined, turns);
  const second = Promise.withResolvers<void>();
  const { visit: reader } = toolset();
  const slow: typeof reader = {
    ...reader,
    async run(input, context) {
      if (input.url === addressOf("a")) await second.promise;
      const returned = await reader.run(input, context);
      second.resolve();
      return returned;
    },
  };
  const ran = await run(muse, { plan: { lanes: 2 }, tools: [slow] });
  expect(of(ran.log, "source-found").map(({ source }) => source.url)).toEqual([addressOf("b"), addressOf("a")]);
  expect(pagesIn(laneOf(ran.log, "lane-ended", 1)[0]?.answer, ran.log)).toEqual([addressOf("a"), addressOf("b")]);
  expect(citedPages(ran)).toEqual(rightPages("a", "b"));
  expect(ran.report?.removedMarks).toEqual([]);
});

test("a number that no source of its lane has does not become another lane's source", async () => {
  const turns: Record<string, MuseTurn> = {
    ...apart,
    "L6.3": { does: `${factOf("b", " [1]")}\n\n${factOf("a", " [2]")}` },
  };
  const muse = await house("tongyi", firsts(2), undefined, turns);
  const { log } = await run(muse, { plan: { lanes: 2 } });
  expect(laneOf(log, "lane-ended", 2)[0]?.answer).toMatch(/^The harbour of Norhavn .* 1911 \[\d\]\.\n\nThe harbour of Velsund .* 1911\.$/);
});

describe.each(dialects)("%s: partial rollouts", (dialect) => {
  test("the lanes between branch before the two steps whose calls were least sure, from the first one's cached prompt, and call nothing again", async () => {
    const muse = await house(dialect, rollouts);
    const ran = await run(muse, { plan: { partialRollouts: true } });
    const { log, tools, ended, report } = ran;
    expect(ended).toMatchObject({ status: "done", termination: "answer" });
    expect(of(log, "lane-started").map(({ lane, branch }) => [lane, branch?.lane, branch?.beforeStep])).toEqual(
      expect.arrayContaining([
        ["researcher-1", undefined, undefined],
        ["researcher-2", "researcher-1", 3],
        ["researcher-3", "researcher-1", 2],
        ["researcher-4", undefined, undefined],
        ["synthesis", undefined, undefined],
      ]),
    );
    const first = muse.server("researcher-1");
    for (const [number, beforeStep] of [
      [2, 3],
      [3, 2],
    ] as const) {
      const steps = laneOf(log, "step-ended", number);
      expect(
        steps.map(({ step }) => step),
        "steps go on from there",
      ).toEqual([beforeStep, beforeStep + 1, beforeStep + 2]);
      const labels = ["L1.1", "L1.2"].slice(0, beforeStep - 1);
      const own = first.records.filter(({ chat }) => askedIn(chat) === "lane" && String(labelsIn(chat)) === String(labels));
      expect(own, "the same prompt twice: the first lane's, and the branch's").toHaveLength(2);
      const [initial, branched] = own;
      expect(initial?.chat).toMatchObject({ logprobs: true, top_logprobs: 16 });
      expect(branched?.chat.logprobs).toBeUndefined();
      expect(branched && renderPrompt(branched.chat)).toBe(initial && renderPrompt(initial.chat));
      expect(branched?.cachedTokens, "all but the last block of 16 tokens").toBeGreaterThanOrEqual((branched?.promptTokens ?? 0) - 16);
    }
    const called = of(log, "tool-called").map(({ lane, step }) => `${lane}:${step}`);
    expect(called.toSorted()).toEqual(
      [1, 2, 3, 4].map((step) => `researcher-1:${step}`).concat("researcher-2:3", "researcher-3:2", "researcher-4:1"),
    );
    expect(tools.search.calls.map(({ query }) => String(query))).toEqual(["harbours", "more harbours"]);
    expect(tools.visit.calls.map(({ url }) => String(url)).toSorted()).toEqual(["a", "b", "c", "d", "e"].map(addressOf));
    // The second lane's [1] is the page that the first one had read before it was left.
    expect(pagesIn(laneOf(log, "lane-ended", 2)[0]?.answer, log)).toEqual([addressOf("a"), addressOf("c")]);
    expect(pagesIn(laneOf(log, "lane-ended", 3)[0]?.answer, log)).toEqual([addressOf("d")]);
    expect(citedPages(ran)).toEqual(rightPages("a", "b", "c", "d", "e"));
    expect(report?.removedMarks).toEqual([]);
    expect(runView(log).lanes.map((lane) => lane.branch?.beforeStep ?? null)).toEqual([null, 3, 2, null, null]);
  });

  test("with a server that refuses to tell probabilities all begin with the question, and no try is told as failed", async () => {
    const refuses = ({ logprobs }: ChatRequest): Reply | undefined =>
      logprobs ? { kind: "status", status: 400, message: "logprobs is not supported with this model (parameter=logprobs)" } : undefined;
    const muse = await house(dialect, rollouts, refuses);
    const { log, ended } = await run(muse, { plan: { partialRollouts: true } });
    expect(ended).toMatchObject({ status: "done", termination: "answer" });
    expect(of(log, "lane-started").filter((event) => event.branch)).toEqual([]);
    expect(of(log, "model-failed")).toEqual([]);
    expect(of(log, "lane-ended").map(({ end }) => end)).toEqual(["answered", "answered", "answered", "answered"]);
    const requests = muse.server("researcher-1").requests.filter((request) => askedIn(request) === "lane");
    expect(
      requests.filter((request) => request.logprobs),
      "refused once, then not wished any more",
    ).toHaveLength(1);
    expect(
      requests.filter((request) => labelsIn(request).length === 0),
      "the refused one and one of each of three lanes",
    ).toHaveLength(4);
  });

  test("of two lanes the second branches", async () => {
    const muse = await house(dialect, { "researcher-1": "L1.1", "researcher-2": "L4.1" });
    const ran = await run(muse, { plan: { lanes: 2, partialRollouts: true } });
    expect(laneOf(ran.log, "lane-started", 2)).toMatchObject([{ branch: { lane: "researcher-1", beforeStep: 3 } }]);
    expect(citedPages(ran)).toEqual(rightPages("a", "b", "c"));
  });

  test("when the first lane fails, the others branch off what it had", async () => {
    const fails = (request: ChatRequest): Reply | undefined =>
      request.logprobs && labelsIn(request).length === 3
        ? { kind: "status", status: 404, message: "The model does not exist." }
        : undefined;
    const muse = await house(dialect, rollouts, fails);
    const { log, ended, report } = await run(muse, { plan: { partialRollouts: true } });
    expect(ended).toMatchObject({ status: "done" });
    expect(of(log, "lane-started").flatMap(({ branch }) => branch?.beforeStep ?? [])).toEqual(expect.arrayContaining([3, 2]));
    expect(report?.limitations[0]).toBe("3 of 4 lanes gave an answer.");
  });
});

describe("the report on how a lane got to its answer", () => {
  const two = (but: Parameters<typeof house>[2]) => house("tongyi", firsts(2), but, apart);
  /** Only the lane that read the page. */
  const compressing = (page: string) => (request: ChatRequest) =>
    askedIn(request) === "compress" && request.messages[1]?.content.includes(addressOf(page));

  test("that cannot be had costs the lane nothing but itself: its answer counts", async () => {
    const muse = await two((request) => (compressing("a")(request) ? { kind: "status", status: 500, message: "boom" } : undefined));
    const ran = await run(muse, { plan: { lanes: 2 } });
    expect(ran.ended).toMatchObject({ status: "done", termination: "answer" });
    expect(laneOf(ran.log, "lane-ended", 1)).toMatchObject([{ end: "answered", answer: expect.stringContaining("Velsund") }]);
    expect(laneOf(ran.log, "step-ended", 1).map(({ report }) => report)).toEqual([undefined, undefined, undefined]);
    expect(citedPages(ran)).toEqual(rightPages("a", "b"));
    expect(ran.report?.limitations).toEqual([]);
  });

  test("is asked for again with half the record when the server refuses its length, and once", async () => {
    const sizes: number[] = [];
    const again: RetryPolicy = () => ({ kind: "give-up" });
    const muse = await two((request) => {
      if (!compressing("a")(request)) return undefined;
      sizes.push(request.messages[1]?.content.length ?? 0);
      return sizes.length < 3 ? { kind: "overflow" } : undefined;
    });
    const long = { ...toolset(), search: scriptedTool("search", () => "one result. ".repeat(20_000)) };
    const { log, ended } = await run(muse, { plan: { lanes: 2 }, retry: again, tools: [long.search, long.visit] });
    expect(ended).toMatchObject({ status: "done" });
    expect(sizes).toHaveLength(3);
    for (const [index, size] of sizes.slice(1).entries()) expect(size / (sizes[index] ?? 0)).toBeLessThan(0.6);
    expect(laneOf(log, "step-ended", 1).at(-1)?.report).toContain("Velsund");
    expect(laneOf(log, "model-failed", 1).map(({ reason }) => reason)).toEqual(["context-overflow", "context-overflow"]);
  });

  test.each<[string, string, string | null]>([
    ["without its tags", "<think>\nHm.\n</think>\nPlanned, and found.", "Planned, and found."],
    ["as an answer", "<think>\nHm.\n</think>\n<answer>\nPlanned, and found.\n</answer>", "Planned, and found."],
    ["cut off", "<think>\nHm.\n</think>\n<report>\nPlanned, and", "Planned, and"],
    ["thought and never written", "<think>\nI should write a <report>no</report>", null],
    ["as a call", '<think>\nHm.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["x"]}}\n</tool_call>', null],
  ])("written %s", async (_, text, wanted) => {
    const muse = await two((request) => (compressing("a")(request) ? { kind: "text", text } : undefined));
    const { log, ended, tools } = await run(muse, { plan: { lanes: 2 } });
    expect(ended).toMatchObject({ status: "done" });
    expect(laneOf(log, "step-ended", 1).map(({ report }) => report)).toEqual([undefined, undefined, undefined, wanted]);
    expect(laneOf(log, "lane-ended", 1)).toMatchObject([{ end: "answered" }]);
    expect(tools.search.calls).toHaveLength(2);
  });

  test("that is never finished is given up with a quorum, and the lane has answered all the same", async () => {
    const muse = await house(
      "tongyi",
      firsts(3),
      (request) => (compressing("a")(request) ? { kind: "stall", text: "<think>on and on" } : undefined),
      apart,
    );
    const { log, ended, report } = await run(muse, { plan: { lanes: 3 }, stallMs: 200 });
    expect(ended).toMatchObject({ status: "done", termination: "answer" });
    expect(laneOf(log, "lane-ended", 1)).toMatchObject([{ end: "answered", answer: expect.stringContaining("Velsund") }]);
    expect(report?.limitations).toEqual([]);
    expect(muse.server("researcher-1").aborted, "its socket is closed").toBe(1);
  });
});

describe("stops", () => {
  /** Does something once, when somebody is asked, before the reply. */
  const when = (asked: ReturnType<typeof askedIn>, doing: () => Promise<void>, reply?: Reply) => {
    let done = false;
    return async (request: ChatRequest): Promise<Reply | undefined> => {
      if (askedIn(request) !== asked || done) return undefined;
      done = true;
      await doing();
      return reply;
    };
  };
  const stall: Reply = { kind: "stall", text: "<think>on and on" };

  test("finish while a lane reports on its answer: that is written, no other lane begins to, and one answer is made of what there is", async () => {
    const stops = manualStops();
    const finished = Promise.withResolvers<void>();
    const finish = when("compress", async () => {
      await stops.command("finish");
      finished.resolve();
    });
    const muse = await house(
      "tongyi",
      firsts(2),
      async (request) => {
        // The second lane answers only after the reader has asked.
        if (askedIn(request) === "lane" && labelsIn(request).at(-1) === "L6.2") await finished.promise;
        return finish(request);
      },
      apart,
    );
    const ran = await run(muse, { plan: { lanes: 2 }, stops });
    expect(ran.ended).toMatchObject({ status: "done", termination: "generate an answer on request" });
    expect(laneOf(ran.log, "step-ended", 1).at(-1)?.report).toContain("Velsund");
    expect(muse.server("researcher-2").requests.map(askedIn)).not.toContain("compress");
    expect(laneOf(ran.log, "lane-ended", 2)).toMatchObject([{ end: "answered" }]);
    expect(citedPages(ran)).toEqual(rightPages("a", "b"));
  });

  test("finish while lanes wait to branch off the first one does not begin them for an answer out of nothing", async () => {
    const stops = manualStops();
    const finish = when("lane", () => stops.command("finish"));
    const muse = await house("tongyi", rollouts, (request) => (request.logprobs ? finish(request) : undefined));
    const { log, ended } = await run(muse, { plan: { partialRollouts: true }, stops });
    expect(ended).toMatchObject({ termination: "generate an answer on request" });
    const began = new Set(of(log, "lane-started").map(({ lane }) => lane));
    for (const number of [2, 3]) {
      expect(began.has(`researcher-${number}`)).toBe(false);
      expect(laneOf(log, "lane-ended", number)).toMatchObject([{ end: "unanswered", forced: "request" }]);
    }
  });

  test("finish during the aggregation changes nothing of it", async () => {
    const stops = manualStops();
    const muse = await house(
      "tongyi",
      firsts(2),
      when("aggregate", () => stops.command("finish")),
      apart,
    );
    const ran = await run(muse, { plan: { lanes: 2 }, stops });
    expect(ran.ended).toMatchObject({ status: "done", termination: "generate an answer on request" });
    expect(muse.server("synthesis").requests).toHaveLength(1);
    expect(citedPages(ran)).toEqual(rightPages("a", "b"));
  });

  test.each(["compress", "aggregate"] as const)("stop now reaches the server during: %s", async (asked) => {
    const stops = manualStops();
    const stopping = Promise.withResolvers<void>();
    const stop = async () => {
      stopping.resolve(stops.command("now"));
    };
    const muse = await house("tongyi", firsts(2), when(asked, stop, stall), apart);
    const { ended, log } = await run(muse, { plan: { lanes: 2 }, stops });
    await stopping.promise;
    expect(ended).toMatchObject({ status: "stopped", reportId: null });
    expect(runView(log).lanes.every((lane) => lane.state !== "working")).toBe(true);
    expect(
      of(log, "lane-ended").every((lane) => lane.end === "answered"),
      "no lane is called failed for it",
    ).toBe(true);
  });
});

describe.each(dialects)("%s: the durability law", (dialect) => {
  test("a crash at every event of a run with branches, then a resume: the same report, and no call that had returned is made again", async () => {
    const muse = await house(dialect, rollouts);
    const first = await run(muse, { plan: { partialRollouts: true } });
    const { log } = first;
    const whole = reportOf(first);
    const calls = of(log, "tool-called").length;
    expect(calls).toBe(7);
    expect(log.length).toBeGreaterThan(40);
    const resume = async (length: number) => {
      const asked = await kernel.askHeavy("How deep are the harbours?", plan({ partialRollouts: true }));
      const kept = log.slice(0, length);
      await copyLog(first.id, asked.id, kept);
      const resumed = await worked(asked.id, muse, manualStops());
      const made = resumed.tools.search.calls.length + resumed.tools.visit.calls.length;
      expect(made, `calls after ${length} events`).toBe(calls - of(kept, "tool-returned").length);
      expect(reportOf(resumed), `report after ${length} events`).toEqual(whole);
      expect(placesIn(resumed.log), `lanes after ${length} events`).toEqual(placesIn(log));
      expect(of(resumed.log, "lane-ended"), `lanes ended after ${length} events`).toHaveLength(4);
      const reports = of(resumed.log, "step-ended").filter(({ report }) => report);
      expect(reports, `reports after ${length} events`).toHaveLength(4);
    };
    // Side by side: most of the time of a run goes into waiting.
    const lengths = Array.from({ length: log.length - 1 }, (_, index) => index + 1);
    while (lengths.length > 0) await Promise.all(lengths.splice(0, 8).map(resume));
  }, 120_000);

  /** The events kept of a run, and the sources they tell of, as another run's: under ids of its own, since a source belongs to one run. */
  async function copyLog(from: string, to: string, kept: readonly Event[]) {
    const { sql } = kernel.db;
    await sql`
      insert into events select ${to}, seq, type, at, data from events where run_id = ${from} and seq <= ${kept.at(-1)?.seq ?? 0} and seq > 1`;
    for (const id of new Set(of(kept, "source-found").map((event) => event.source.id))) {
      const own = crypto.randomUUID();
      await sql`
        insert into sources select ${own}, ${to}, n, requested_url, url, title, site, text, hash, status, fetched_at from sources where id = ${id}`;
      await sql`update events set data = replace(data::text, ${id}, ${own})::jsonb where run_id = ${to}`;
    }
  }
  const placesIn = (log: readonly Event[]) =>
    of(log, "lane-started")
      .map(({ lane, branch }) => `${lane} ${branch?.lane} ${branch?.beforeStep}`)
      .toSorted();
  const reportOf = ({ report, ended }: Ran) => ({
    termination: ended?.termination,
    markdown: report?.markdown,
    citations: report?.citations.map(({ passage, status, origin }) => ({ passage, status, origin })),
    sources: report?.sources.map((source) => source.url),
    removed: report?.removedMarks,
    limitations: report?.limitations,
  });
});
