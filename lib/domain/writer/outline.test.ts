import { expect, test } from "vitest";
import { readOutline } from "./outline.ts";

const known = (passage: number) => passage <= 9;

test("a short answer is the whole text", () => {
  expect(readOutline("Form: short\nThe Danube is 2,850 km long [p3].", known)).toEqual({
    form: "short",
    text: "The Danube is 2,850 km long [p3].",
  });
});

test.each(["Form: short answer: It is 42 [p3].", "Form: short. It is 42 [p3].", "**Form: short**\nIt is 42 [p3]."])(
  "%j is one too",
  (written) => {
    expect(readOutline(written, known)).toEqual({ form: "short", text: "It is 42 [p3]." });
  },
);

test("sections with their passages, in the line or below it, and what stays open", () => {
  const written = `**Form:** report
## 1. The river is shorter than thought {p1, p4}
### Measured anew [p5]
## Who measured it
Evidence: p2, p77, p2
## The source of the source {p88}
Open: who paid for it
- what it cost`;
  expect(readOutline(written, known)).toEqual({
    form: "report",
    sections: [
      { title: "The river is shorter than thought", depth: 2, passages: [1, 4] },
      { title: "Measured anew", depth: 3, passages: [5] },
      { title: "Who measured it", depth: 2, passages: [2] },
    ],
    open: ["who paid for it", "what it cost", "The source of the source"],
  });
});

test("Chinese brackets, a missing first line, and WebWeaver's tags", () => {
  expect(readOutline("## 长江的长度（p1，p2）\n## 流域面积 <citation>p3</citation>\nOpen：无", known)).toEqual({
    form: "report",
    sections: [
      { title: "长江的长度", depth: 2, passages: [1, 2] },
      { title: "流域面积", depth: 2, passages: [3] },
    ],
    open: [],
  });
});

test.each(["", "Form: short\n", "I would write a report.", "Form: report\n## Without passages", "Form: report\n## {p1}"])(
  "%j is no outline",
  (written) => {
    expect(readOutline(written, known)).toBeNull();
  },
);
