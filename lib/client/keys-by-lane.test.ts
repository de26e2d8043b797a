import { expect, test } from "vitest";
import { keysByLane, notices } from "./keys-by-lane.ts";

test("groups rows by lane, and keeps the arrays of lanes that have not changed", () => {
  const before = keysByLane(["researcher-1:1", "researcher-2:1", "notice:7"]);
  expect(before.get("researcher-1")).toEqual(["researcher-1:1"]);
  expect(before.get(notices)).toEqual(["notice:7"]);
  const after = keysByLane(["researcher-1:1", "researcher-2:1", "notice:7", "researcher-2:2"], before);
  expect(after.get("researcher-2")).toEqual(["researcher-2:1", "researcher-2:2"]);
  expect(after.get("researcher-1")).toBe(before.get("researcher-1"));
  expect(keysByLane(["researcher-1:2"], before).get("researcher-1"), "a resumed lane").toEqual(["researcher-1:2"]);
});
