import { expect, test } from "vitest";
import type { Event, Writes } from "#lib/domain/event.ts";
import { nextPart, writingOf } from "./writing.ts";

const known = () => true;

function log(...steps: [Writes, string | null][]): Event[] {
  return steps.map(([writes, report], index) => ({
    seq: index + 1,
    at: "2026-01-01T00:00:00.000Z",
    type: "step-ended",
    lane: "writer",
    step: index + 1,
    thought: "",
    raw: report ?? "",
    move: { kind: "none" },
    report,
    writes,
    usage: null,
    finishReason: "stop",
    firstTextMs: null,
    durationMs: 1,
  }));
}
const outline = "Form: report\n## One {p1}\n## Two {p2}\n### Two and a half {p3}\nOpen: the price";
const section = (n: number): Writes => ({ kind: "section", title: `${n}`, n, of: 3 });
const next = (events: Event[]) => nextPart(writingOf(events, known));

test("outline, sections in their order, closing, done", () => {
  const steps: [Writes, string | null][] = [
    [{ kind: "outline" }, outline],
    [section(1), "First [p1]."],
    [section(2), "# Two\n\nSecond [p2].\n\n## Own title\n\nMore."],
    [section(3), "Third [p3]."],
    [{ kind: "closing" }, "Takeaway: All three [p1][p3].\nNot found: What could not be found\n- the price"],
  ];
  expect(steps.map((_, end) => next(log(...steps.slice(0, end))).kind)).toEqual(["outline", "section", "section", "section", "closing"]);
  expect(next(log(...steps))).toEqual({
    kind: "done",
    markdown: `All three [p1][p3].

## One

First [p1].

## Two

Second [p2].

#### Own title

More.

### Two and a half

Third [p3].

## What could not be found

- the price`,
  });
});

test("a short answer is done with its first step", () => {
  expect(next(log([{ kind: "outline" }, "Form: short\nNine metres [p1]."]))).toEqual({ kind: "done", markdown: "Nine metres [p1]." });
});

test("what does not come is asked for twice", () => {
  expect(next(log([{ kind: "outline" }, null]))).toEqual({ kind: "outline" });
  expect(next(log([{ kind: "outline" }, null], [{ kind: "outline" }, "nonsense"]))).toEqual({ kind: "given-up" });
  const half: [Writes, string | null][] = [
    [{ kind: "outline" }, outline],
    [section(1), "First."],
    [section(2), null],
    [section(2), ""],
    [section(3), "Third."],
  ];
  expect(next(log(...half.slice(0, 3)))).toEqual({ kind: "section", index: 1 });
  expect(next(log(...half.slice(0, 4)))).toEqual({ kind: "section", index: 2 });
  expect(next(log(...half))).toEqual({ kind: "closing" });
  const done = next(log(...half, [{ kind: "closing" }, null], [{ kind: "closing" }, null]));
  expect(done).toMatchObject({ kind: "done" });
  expect(done.kind === "done" && done.markdown).toContain("## What could not be found\n\n- the price\n- Two");
});

test("a report half of whose sections are missing is none", () => {
  const lost: [Writes, string | null][] = [1, 1, 2, 2].map((n) => [section(n), null]);
  expect(next(log([{ kind: "outline" }, "## One {p1}\n## Two {p2}"], ...lost))).toEqual({ kind: "given-up" });
});
