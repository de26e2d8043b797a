import { expect, test } from "vitest";
import { kiwixQueries } from "./kiwix-query.ts";

test.each([
  ["vacuum", ["vacuum"]],
  [
    "What was the maximum size of a jsonb value?",
    ["what was the maximum size of a jsonb value", "maximum size jsonb value", "maximum OR size OR jsonb OR value"],
  ],
  ['"routine vacuuming" -full site:postgresql.org', ["routine vacuuming full", "routine OR vacuuming OR full"]],
  ["NOT this OR that", ["not this or that", "not OR this OR or OR that"]],
  ["C++ and C# in Node.js", ["c++ and c# in node.js", "c++ c# node.js", "c++ OR c# OR node.js"]],
  ["新港港口", ["新港港口", "新港 OR 港港 OR 港口"]],
  ["São Paulo’s área", ["são paulo’s área", "paulo’s área", "paulo’s OR área"]],
  ["?!", []],
  ["", []],
])("%s", (question, queries) => {
  expect(kiwixQueries(question)).toEqual(queries);
});
