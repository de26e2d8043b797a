import { expect, test } from "vitest";
import { plannedLanes } from "./lane-view.ts";
import { lightView } from "./light-view.ts";
import { emptyRunView, type StepView } from "./run-view.ts";

const step = (n: number): StepView => ({
  kind: "step",
  key: `main:${n}`,
  lane: "main",
  step: n,
  state: "ended",
  thought: "t".repeat(5_000),
  answer: "",
  move: null,
  forced: null,
  failures: [],
  silence: null,
  summary: null,
  report: "",
  reportMissing: null,
  writes: null,
  repeatOf: null,
  thinkingMs: null,
  calls: [
    {
      callId: `main-${n}`,
      tool: "search",
      arguments: {},
      calledAt: "",
      returned: {
        outcome: { kind: "ok", text: "o".repeat(5_000) },
        details: {
          kind: "search",
          queries: [{ query: "q", provider: "p", attempts: [], hits: [{ title: "T", url: "u", site: "s", snippet: "x" }] }],
        },
        provider: "p",
        attempts: [],
        cacheHit: false,
        durationMs: 1,
        sourceIds: [],
      },
    },
  ],
  startedAt: "",
  durationMs: 1,
});
const seen = Array.from({ length: 1_000 }, (_, index) => ({ url: `u${index}`, title: "T", site: "s", step: 1 }));
const view = { ...emptyRunView, rows: Array.from({ length: 100 }, (_, index) => step(index + 1)), seen };

test("keeps the last steps whole and of the others what they show folded", () => {
  const light = lightView(view);
  expect(light.rows.slice(60)).toEqual(view.rows.slice(60));
  expect(light.rows[0]).toMatchObject({
    light: true,
    step: 1,
    durationMs: 1,
    calls: [{ tool: "search", returned: { outcome: { kind: "ok", text: "" }, details: { queries: [{ query: "q", hits: [] }] } } }],
  });
  expect(light.rows).toHaveLength(100);
  expect(light.seenBefore + light.seen.length).toBe(1_000);
});

test("leaves a short run as it is", () => {
  const short = { ...view, rows: view.rows.slice(0, 20), seen: [] };
  expect(lightView(short)).toBe(short);
});

test("16 lanes of 100 rounds are small, and their last rounds have a gist", () => {
  const heavy = { lanes: 16, strategy: "research-synthesis" as const, partialRollouts: false };
  const lanes = plannedLanes(heavy).map((lane) => ({ ...lane, steps: lane.number === null ? 1 : 100 }));
  const rounds = Array.from({ length: 100 }, (_, index) =>
    lanes.slice(0, 16).map(({ name }) => ({ ...step(index + 1), lane: name, key: `${name}:${index + 1}`, report: "r".repeat(8_000) })),
  ).flat();
  const compared = { ...step(1), lane: "synthesis", key: "synthesis:1" };
  const whole = { ...emptyRunView, heavy, lanes, rows: [...rounds, compared] };
  const light = lightView(whole);
  expect(light.rows.at(-1), "the synthesis is shown whole").toEqual(compared);
  const thoughts = light.rows.flatMap((row) => (row.kind === "step" && row.lane === "researcher-16" ? [row.thought.length] : []));
  expect(thoughts).toEqual([...Array.from({ length: 92 }, () => 0), ...Array.from({ length: 8 }, () => 300)]);
  expect(JSON.stringify(light).length).toBeLessThan(1_300_000); // of 29 MB: 0.7 KB a round
});
