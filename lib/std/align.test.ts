import fc from "fast-check";
import { expect, test } from "vitest";
import { align } from "./align.ts";

const told = (one: string, other: string) => {
  const [own, known] = [one.split(" "), other.split(" ")];
  const { shared, range, differences } = align(own, known);
  const changes = differences.map(
    (each) => `${known.slice(each.other.start, each.other.end).join(" ")} → ${own.slice(each.one.start, each.one.end).join(" ")}`,
  );
  return [shared, known.slice(range.start, range.end).join(" "), ...changes];
};

test.each([
  ["b c", "a b c d", [2, "b c"]],
  ["the cat sat", "then the dog sat down", [2, "the dog sat", "dog → cat"]],
  ["it did not rain", "it did rain", [3, "it did rain", " → not"]],
  ["it did rain", "it did not rain", [3, "it did not rain", "not → "]],
  ["x y", "a b", [0, "", " → x y"]],
])("%s in %s", (one, other, expected) => {
  expect(told(one, other)).toEqual(expected);
});

test("shared entries and differences are all there is of the first list", () => {
  const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (one, other) => {
      const { shared, range, differences } = align(one, other);
      const own = differences.reduce((sum, each) => sum + each.one.end - each.one.start, 0);
      const known = differences.reduce((sum, each) => sum + each.other.end - each.other.start, 0);
      expect([shared + own, shared + known]).toEqual([one.length, range.end - range.start]);
    }),
  );
});
