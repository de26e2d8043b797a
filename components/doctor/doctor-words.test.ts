import { expect, test } from "vitest";
import type { CheckedPart, PartState } from "#lib/domain/check-up.ts";
import { meaningOf } from "./doctor-words.ts";

const part = (group: CheckedPart["group"], state: PartState): CheckedPart => ({
  group,
  state,
  name: "",
  says: "",
  facts: [],
  mend: [],
  durationMs: 0,
});
const meaning = (...states: PartState[]) =>
  meaningOf({ at: "", durationMs: 0, parts: [...states.map((state) => part("model", state)), part("search", "works")] });

test("a search that cannot be used is said too", () => {
  const parts = [part("model", "works"), part("search", "mend"), part("search", "off")];
  expect(meaningOf({ at: "", durationMs: 0, parts })).toBe("Research runs on one model server. Nothing can be searched as it is.");
});

test.each<[PartState[], string]>([
  [["works"], "Research runs on one model server."],
  [["works", "limited"], "Research runs on two model servers."],
  [["works", "mend"], "Research runs on one model server of two."],
  [["mend"], "No model server can be used as it is."],
  [["off"], "No language model is set: reports quote."],
])("%j", (states, words) => {
  expect(meaning(...states)).toBe(words);
});
