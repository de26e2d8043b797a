import { describe, expect, test } from "vitest";
import type { HeavyRun } from "#lib/agents/heavy-run.ts";
import type { Event, Fact, StepMove, Uncertainty } from "#lib/domain/event.ts";
import type { Branch } from "#lib/domain/heavy.ts";
import { branchOf, branchPoints } from "./partial-rollouts.ts";

let seq = 0;
const event = (fact: Fact): Event => ({ ...fact, seq: ++seq, at: "2026-11-24T10:00:00.000Z" }) as Event; // a numbered fact is an event
const call: StepMove = { kind: "calls", calls: [{ tool: "search", arguments: { query: ["x"] } }] };
const step = (number: number, uncertainty: Partial<Uncertainty> | null, move: StepMove = call, lane = "researcher-1"): Event =>
  event({
    type: "step-ended",
    lane,
    step: number,
    thought: "t",
    raw: "r",
    move,
    ...(uncertainty && { uncertainty: { thought: null, call: null, all: 1, ...uncertainty } }),
    usage: null,
    finishReason: "stop",
    firstTextMs: 1,
    durationMs: 1,
  });
const ended = (lane: string): Event => event({ type: "lane-ended", lane, end: "answered", answer: "Nine." });

describe("the steps to branch before", () => {
  test.each<[string, Event[], number[]]>([
    ["the two most uncertain calls, the most uncertain first", [step(1, { call: 2 }), step(2, { call: 9 }), step(3, { call: 3 })], [2, 3]],
    ["of equal ones the earlier", [step(1, { call: 1 }), step(2, { call: 4 }), step(3, { call: 4 }), step(4, { call: 4 })], [2, 3]],
    ["the call counts, not the thought or the turn", [step(1, { call: 1, thought: 9, all: 9 }), step(2, { call: 2 })], [2, 1]],
    ["where no call is told apart, the turn", [step(1, { all: 2 }), step(2, { all: 5 }), step(3, { all: 3 })], [2, 3]],
    ["turns are not compared with calls", [step(1, { all: 9 }), step(2, { call: 2, all: 1 })], [2]],
    ["only steps that called something", [step(1, { call: 1 }), step(2, { call: 9 }, { kind: "answer", text: "Nine." })], [1]],
    ["only the first lane's", [step(1, { call: 1 }), step(2, { call: 9 }, call, "researcher-4")], [1]],
    ["one where there is one", [step(1, { call: 1 }), step(2, null)], [1]],
    ["none where nothing was told", [step(1, null), step(2, null)], []],
    ["none of a lane that did nothing", [], []],
  ])("%s", (_, events, steps) => {
    expect(branchPoints(events)).toEqual(steps);
  });
});

describe("where a lane begins", () => {
  /** A run of which more becomes known each time that somebody waits for it. */
  function runOf(lanes: number, ...portions: Event[][]): HeavyRun & { waits: number } {
    const events: Event[] = [...(portions.shift() ?? [])];
    const run = {
      plan: { lanes, strategy: "parallel-muse" as const, partialRollouts: true },
      events,
      waits: 0,
      async wait() {
        run.waits++;
        const next = portions.shift();
        if (!next) throw new Error("It waits for what never comes");
        events.push(...next);
      },
    };
    return run as unknown as HeavyRun & { waits: number }; // it asks for nothing else of it
  }
  const never = new AbortController().signal;
  const whole = [step(1, { call: 1 }), step(2, { call: 4 }), step(3, { call: 8 }), ended("researcher-1")];
  const at = (beforeStep: number): Branch => ({ lane: "researcher-1", beforeStep });

  test.each<[lanes: number, branches: (Branch | null)[]]>([
    [2, [null, at(3)]],
    [3, [null, at(3), null]],
    [4, [null, at(3), at(2), null]],
    [8, [null, at(3), at(2), at(3), at(2), at(3), at(2), null]],
  ])("of %i lanes the first begins with the question, and of three and more the last", async (lanes, branches) => {
    const names = branches.map((_, index) => `researcher-${index + 1}`);
    expect(await Promise.all(names.map((name) => branchOf(runOf(lanes, whole), name, never)))).toEqual(branches);
  });

  test("those between wait until the first lane has ended, and the others for nothing", async () => {
    const run = runOf(4, whole.slice(0, 1), whole.slice(1, 3), [ended("researcher-4")], whole.slice(3));
    expect(await branchOf(run, "researcher-1", never)).toBeNull();
    expect(await branchOf(run, "researcher-4", never)).toBeNull();
    expect(run.waits).toBe(0);
    expect(await branchOf(run, "researcher-2", never)).toEqual(at(3));
    expect(run.waits).toBe(3);
  });

  test("one that is given up meanwhile does not wait on", async () => {
    const given = new AbortController();
    const run = runOf(4, [], [ended("researcher-4")], [], whole);
    const { wait } = run;
    run.wait = async (...args) => {
      await wait(...args);
      given.abort(new Error("given up"));
    };
    await expect(branchOf(run, "researcher-2", given.signal)).rejects.toThrow("given up");
    expect(run.waits).toBe(1);
  });

  test("with nothing to branch from, all begin with the question", async () => {
    expect(await branchOf(runOf(4, [step(1, null), ended("researcher-1")]), "researcher-2", never)).toBeNull();
  });
});
