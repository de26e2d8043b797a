import { expect, test } from "vitest";
import { readClosing } from "./closing.ts";

test("takeaway and gaps, under the heading of the report's language", () => {
  expect(readClosing("Takeaway: It is shorter [p1].\n\nNot found: Was nicht zu finden war\n- who paid")).toEqual({
    takeaway: "It is shorter [p1].",
    gaps: { heading: "Was nicht zu finden war", items: "- who paid" },
  });
});

test("gaps without a heading or a list get both", () => {
  expect(readClosing("**Takeaway:** It is.\n### Not found:\nThe year was in none of the pages.\nThe price neither.")).toEqual({
    takeaway: "It is.",
    gaps: { heading: "What could not be found", items: "- The year was in none of the pages.\n- The price neither." },
  });
});

test.each(["It is [p2].", "Takeaway: It is [p2].\nNot found: none", "Takeaway：It is [p2].\nNot found:\n- None."])(
  "%j has no gaps",
  (written) => {
    expect(readClosing(written)).toEqual({ takeaway: "It is [p2].", gaps: null });
  },
);

test("without a takeaway it is none", () => {
  expect(readClosing("Not found: What could not be found\n- all of it")).toBeNull();
});
