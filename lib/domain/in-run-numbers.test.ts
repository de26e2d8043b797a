import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "./event.ts";
import { inRunNumbers, sourcesFound } from "./in-run-numbers.ts";
import { callIdOf } from "./lane-state.ts";
import { findModelMarks } from "./model-marks.ts";
import type { SourceRef } from "./source.ts";

const source = (n: number): SourceRef => ({
  id: `s${n}`,
  n,
  url: `https://www.site.example/page-${n}/`,
  title: `Page ${n}`,
  site: "site.example",
  hash: `h${n}`,
  status: 200,
  fetchedAt: "2026-11-24T00:00:00.000Z",
});
/** A lane that found the run's sources 7, 4 and 9, in this order. */
const found = [7, 4, 9].map(source);

describe("the marks of a lane in the numbers of the run", () => {
  test.each([
    ["a mark", "It is deep [1].", "It is deep [7]."],
    ["several in one", "It is deep [1, 3].", "It is deep [7, 9]."],
    ["one after the other", "It is deep [2][1].", "It is deep [4][7]."],
    ["a range", "It is deep [1-3].", "It is deep [7, 4, 9]."],
    ["a footnote", "It is deep [^2].", "It is deep [4]."],
    ["wide brackets", "港口很深【1】。", "港口很深[7]。"],
    ["one with what stands on the page", "It is deep【2†source】.", "It is deep[4]."],
    ["numbers that are their own after the change", "One [1], two [2].", "One [7], two [4]."],
    ["a number beyond its sources, which another lane's would be", "It is deep [5].", "It is deep."],
    ["one of several beyond its sources", "It is deep [1, 5].", "It is deep [7]."],
    ["a mark that begins a line", "[5] It is deep.\n  [1] And wide.", " It is deep.\n  [7] And wide."],
    ["a link", "See [1](https://site.example).", "See [1](https://site.example)."],
    ["code in a line", "Use `a[1]` [1].", "Use `a[1]` [7]."],
    ["a fence", "[2]\n```\na[1] = b[2]\n```\n[1]", "[4]\n```\na[1] = b[2]\n```\n[7]"],
    ["a value", "The vector x = [1, 2] is short [1].", "The vector x = [1, 2] is short [7]."],
    ["a year", "It was dredged [1911].", "It was dredged [1911]."],
    ["mathematics", "$x[1]$ is deep [1].", "$x[1]$ is deep [7]."],
    ["no mark at all", "It is deep.", "It is deep."],
  ])("%s", (_, said, wanted) => {
    expect(inRunNumbers(said, found)).toBe(wanted);
  });

  test("a lane that found nothing has no marks", () => {
    expect(inRunNumbers("It is deep [1] and wide [2].", [])).toBe("It is deep and wide.");
  });
});

describe("a list of references of the lane's own", () => {
  test("says what its numbers mean, whatever the order of reading", () => {
    const said =
      "Deep [1], wide [2].\n\n## References\n[1] Page 9, https://site.example/page-9\n[2] Page 7 (http://www.site.example/page-7/#top)";
    expect(inRunNumbers(said, found)).toBe(
      "Deep [9], wide [7].\n\n## References\n[9] Page 9, https://site.example/page-9\n[7] Page 7 (http://www.site.example/page-7/#top)",
    );
  });

  test("an entry that was never read means none, and so does a number that is not listed", () => {
    const said = "Deep [1], wide [2], old [3].\n\n[1] https://site.example/page-4\n[2] https://elsewhere.example/x";
    expect(inRunNumbers(said, found)).toBe("Deep [4], wide, old.\n\n[4] https://site.example/page-4\n https://elsewhere.example/x");
  });

  test("footnotes keep to their definitions", () => {
    expect(inRunNumbers("Deep [^1].\n\n[^1]: https://site.example/page-4\n", found)).toBe(
      "Deep [4].\n\n[4]: https://site.example/page-4\n",
    );
  });

  test.each([
    ["a counted list", "Deep [2].\n\n1. https://site.example/page-4\n2. Page 9: https://site.example/page-9.", "Deep [9]."],
    ["wide brackets", "深【1】。\n\n【1】 https://site.example/page-4", "深[4]。"],
    ["a list with no address that was read", "Deep [1].\n\n[1] https://elsewhere.example", "Deep [7]."],
  ])("%s", (_, said, wanted) => {
    expect(inRunNumbers(said, found).split("\n")[0]).toBe(wanted);
  });
});

test("whatever was written, no mark names a source that the lane did not find", () => {
  const piece = fc.oneof(
    fc.constantFrom("[1]", "[2, 3]", "[9]", "[1-4]", "[2[9]]", "【2】", "[^3]", "`", "```\n", "\n", " ", "[1]: ", "x = ", "and "),
    fc.constantFrom("https://site.example/page-102 ", "https://elsewhere.example "),
    fc.string({ maxLength: 12 }),
  );
  const own = [103, 101, 102].map(source);
  const isOwn = (n: number) => own.some((each) => each.n === n);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const marks = findModelMarks(inRunNumbers(pieces.join(""), own), isOwn);
      expect(marks.flatMap(({ numbers }) => numbers).filter((n) => !isOwn(n))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

describe("the sources a lane read", () => {
  let seq = 0;
  const stamp = () => ({ seq: ++seq, at: "2026-11-24T00:00:00.000Z" });
  /** A call that returned, by its place in its step, and the sources that it brought under the addresses it asked for. */
  function read(lane: string, step: number, place: number, ...numbers: number[]): Event[] {
    const callId = callIdOf(lane, step, place);
    const sources = numbers.map(source);
    const pages = sources.map(({ id, n }) => ({
      url: `https://short.example/${n}`,
      site: "short.example",
      provider: "own",
      durationMs: 1,
      sourceId: id,
    }));
    return [
      ...sources.map((each): Event => ({ ...stamp(), type: "source-found", lane, step, callId, source: each })),
      {
        ...stamp(),
        type: "tool-returned",
        lane,
        step,
        callId,
        outcome: { kind: "ok", text: "" },
        details: { kind: "visit", goal: "depth", pages },
        provider: "own",
        attempts: [],
        cacheHit: false,
        durationMs: 1,
        sourceIds: sources.map(({ id }) => id),
      },
    ];
  }
  const log = [
    ...read("researcher-1", 1, 0, 3),
    ...read("researcher-2", 1, 0, 1),
    ...read("researcher-1", 2, 0, 2, 6),
    ...read("researcher-2", 2, 0, 3),
    ...read("researcher-1", 3, 0, 3),
  ];
  const numbers = (...given: Parameters<typeof sourcesFound>) => sourcesFound(...given).map(({ n }) => n);

  test("are its own, in the order of reading, each once", () => {
    expect(numbers(log, "researcher-1", null)).toEqual([3, 2, 6]);
    expect(numbers(log, "researcher-2", null)).toEqual([1, 3]);
    expect(numbers(log, "researcher-3", null)).toEqual([]);
  });

  test("of a branch begin with those of the lane it left, up to where it left", () => {
    const branch = { lane: "researcher-1", beforeStep: 2 };
    const own = [...read("researcher-3", 2, 0, 5), ...read("researcher-3", 3, 0, 3)];
    expect(numbers([...log, ...own], "researcher-3", branch)).toEqual([3, 5]);
  });

  test("stand in the order of the calls, as the conversation shows them, whichever returned first", () => {
    const calls = [10, 2, 0, 9, 1].flatMap((place) => read("researcher-1", 1, place, place + 1));
    expect(numbers(calls, "researcher-1", null)).toEqual([1, 2, 3, 10, 11]);
  });

  test("are known by the addresses they were asked for, too", () => {
    const [first] = sourcesFound(log, "researcher-1", null);
    expect(first?.asked).toEqual(["https://short.example/3", "https://short.example/3"]);
    expect(inRunNumbers("Deep [7].\n\n[7] https://short.example/3", first ? [first] : [])).toBe("Deep [3].\n\n[3] https://short.example/3");
  });

  test("of a call that has not returned are not shown yet", () => {
    expect(numbers(log.slice(0, 1), "researcher-1", null)).toEqual([]);
  });
});
