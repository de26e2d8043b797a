import fc from "fast-check";
import { expect, test } from "vitest";
import { readVerdicts } from "./read-verdicts.ts";

const ids = ["c1", "c2", "c3", "c12"];
const told = (said: string) => Object.fromEntries([...readVerdicts(said, ids)].map(([id, { status }]) => [id, status]));
const all = { c1: "supported", c2: "weak", c3: "unsupported" };

test.each<[string, string]>([
  ["lines", "c1: supported - says so\nc2: weak - only half\nc3: unsupported - another year"],
  [
    "a list in bold",
    "Here are the verdicts:\n\n- **c1**: **Supported** — says so\n- **c2**: *partially supported*\n* **c3:** Not supported, another year",
  ],
  ["a table", "| id | verdict | reason |\n|---|---|---|\n| c1 | supported | yes |\n| c2 | weak | half |\n| c3 | unsupported | no |"],
  ["numbers before them", "1. C1: SUPPORTED\n2. C2 - weak\n3. [c3] unsupported"],
  [
    "JSON",
    '```json\n[{"id":"c1","verdict":"supported","reason":"r"},{"id":"c2","status":"weak"},{"id":"c3","label":"not supported"}]\n```',
  ],
  ["JSON by id", '{"c1": "supported", "c2": {"verdict": "partially supported", "reason": "half"}, "c3": "unsupported"}'],
  [
    "a wrapped list",
    '{"verdicts": [{"id": "c1", "verdict": "supported"}, {"id": "c2", "verdict": "weak"}, {"id": "c3", "verdict": "contradicted"}]}',
  ],
  ["thinking before them", "<think>c1: unsupported? c3: supported\n</think>\n\nc1: supported\nc2: weak\nc3: unsupported"],
  ["thinking whose beginning was taken off", "c1: unsupported, I thought\n</think>c1: supported\nc2: weak\nc3: unsupported"],
  ["Chinese", "c1：支持 - 原文如此\nc2：部分支持\nc3：不支持，年份不同"],
  ["a block each", "**c1**\nVerdict: supported\nReason: says so\n\n**c2**\nVerdict: weak\n\n**c3**\nVerdict: unsupported"],
  ["arrows and words", "c1 → supported\nc2 is partially supported\nc3 (unsupported)"],
  ["tags", '<pair id="c1">supported</pair>\n<pair id="c2">weak</pair>\n<pair id="c3">unsupported</pair>'],
  ["the question said again", "c1: supported | weak | unsupported - reason\n\nc1: supported\nc2: weak\nc3: unsupported"],
])("reads %s", (_, said) => {
  expect(told(said)).toEqual(all);
});

test.each<[string, string, object]>([
  ["what names no pair", "supported\nAll of them are supported.\nc4: supported\nc99: weak", {}],
  ["a pair that was not asked about, with its verdict below", "c1: supported\nc9\nunsupported", { c1: "supported" }],
  ["thinking without an end", "<think>c1: supported, c2", {}],
  ["half an answer", "c1: supported\nc2: wea", { c1: "supported" }],
  ["words that only begin like a verdict", "c1: supportedness is hard to tell\nc2: falsehoods abound", {}],
  ["nothing", "", {}],
])("counts nothing of %s", (_, said, expected) => {
  expect(told(said)).toEqual(expected);
});

test("of two verdicts on a pair the lower one counts, and c1 is not c12", () => {
  expect(told("c1: supported\nc1: weak\nc12: unsupported\nc2: weak\nc2: supported")).toEqual({
    c1: "weak",
    c2: "weak",
    c12: "unsupported",
  });
});

test("keeps the reason, without its dressing", () => {
  expect(readVerdicts("- **c1**: supported - **the passage** says so |", ids).get("c1")).toEqual({
    status: "supported",
    reason: "the passage says so",
  });
  expect(readVerdicts("c1\nVerdict: weak\nReason: only half", ids).get("c1")?.reason).toBe("only half");
});

test("any text gives verdicts of known pairs only, and never throws", () => {
  const piece = fc.constantFrom(
    "c1",
    "c2",
    "c9",
    ": ",
    "supported",
    "weak",
    "un",
    "not ",
    "\n",
    "{",
    "}",
    "[",
    '"',
    "<think>",
    "</think>",
    "|",
    "**",
    "支持",
    "reason",
    " - ",
    "verdict",
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
      (said) => {
        for (const id of readVerdicts(said, ["c1", "c2"]).keys()) expect(["c1", "c2"]).toContain(id);
      },
    ),
    { numRuns: 2_000 },
  );
});
