import { expect, test } from "vitest";
import { runsAsked } from "./runs-asked.ts";

const one = "6d2f6f0e-32d5-4b6b-9d0c-111111111111";
const other = "6d2f6f0e-32d5-4b6b-9d0c-222222222222";
const asked = (query: string, last?: string) =>
  runsAsked(new Request(`http://localhost/api/events?${query}`, { headers: last ? { "last-event-id": last } : {} }));

test("each run goes on from its own number, and the one that the last id names from that", () => {
  expect(asked(`run=${one}:7&run=${other.toUpperCase()}:0`)).toEqual([
    { runId: one, after: 7 },
    { runId: other, after: 0 },
  ]);
  expect(asked(`run=${one}:7&run=${other}:3`, `${other}:90`)).toEqual([
    { runId: one, after: 7 },
    { runId: other, after: 90 },
  ]);
});

test.each(["", `run=${one}`, `run=${one}:`, `run=${one}:x`, `run=${one}:-1`, "run=7", "run=x:7", `run=${one}:7:8`])(
  "%s is refused",
  (query) => {
    expect(() => asked(query)).toThrow(/run/);
  },
);

test("a last id of a run that is not asked for is refused, and so are too many runs", () => {
  expect(() => asked(`run=${one}:7`, `${other}:90`)).toThrow("not asked for");
  expect(() => asked(`run=${one}:7`, "90")).toThrow("Last-Event-ID must be <run>:<number>.");
  expect(() => asked(Array.from({ length: 101 }, () => `run=${one}:7`).join("&"))).toThrow("at most");
});
