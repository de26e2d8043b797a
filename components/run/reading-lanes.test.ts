import { expect, test } from "vitest";
import { plannedLanes } from "#lib/domain/lane-view.ts";
import { readingLanes } from "./reading-lanes.ts";

test("a source has the lanes that read it", () => {
  const [one, two, synthesis] = plannedLanes({ lanes: 2, strategy: "research-synthesis", partialRollouts: false });
  if (!one || !two || !synthesis) throw new Error("There are two lanes and a synthesis");
  const lanes = [
    { ...one, sourceIds: ["a", "b"] },
    { ...two, sourceIds: ["b"] },
    { ...synthesis, sourceIds: ["c"] },
  ];
  expect(readingLanes(lanes)).toEqual(
    new Map([
      ["a", [1]],
      ["b", [1, 2]],
    ]),
  );
});
