import { expect, test } from "vitest";
import type { Writes } from "#lib/domain/event.ts";
import type { StepView } from "#lib/domain/run-view.ts";
import { reportingTitle } from "./reporting-title.ts";

const step = (part: Partial<StepView>): StepView =>
  ({ lane: "writer", state: "ended", thought: "", report: "text", failures: [], writes: null, ...part }) as StepView;

test.each<[Writes, string, string]>([
  [{ kind: "outline" }, "Form: report\n## One {p1}", "Wrote the outline of the report"],
  [{ kind: "outline" }, "**Form:** short\nNine metres.", "Wrote the report"],
  [{ kind: "section", title: "The church", n: 2, of: 5 }, "It burned.", "Wrote section 2 of 5: The church"],
  [{ kind: "closing" }, "Takeaway: …", "Wrote the takeaway"],
  [{ kind: "closing" }, "", "Wrote nothing of the report"],
  [{ kind: "comparison", claims: 1 }, "", "Compared 1 sentence with its passage"],
])("%j is said as a fact", (writes, report, words) => {
  expect(reportingTitle(step({ writes, report }))).toBe(words);
});

test("while it lasts, what is done", () => {
  expect(reportingTitle(step({ state: "thinking", thought: "…" }))).toBe("Writing the report");
  expect(reportingTitle(step({ state: "thinking", lane: "judge" }))).toBe("Comparing sentences with their passages");
  expect(reportingTitle(step({ report: "" }))).toBe("Broke off");
});
