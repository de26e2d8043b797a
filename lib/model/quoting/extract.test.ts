import { expect, test } from "vitest";
import { extractByQuoting } from "./extract.ts";

const filler = Array.from({ length: 400 }, (_, index) => `Filler sentence number ${index} talks about weather.`);
const page = {
  url: "https://s.test",
  title: "Velsund",
  text: `Velsund is a town. It lies in the north.\n\n${[...filler.slice(0, 300), "The harbour was dredged.", "The harbour of Velsund is nine metres deep.", "It is old.", ...filler.slice(300)].join(" ")}`,
};

test("the lead, then what bears on the goal with its neighbours, verbatim and in page order", () => {
  const { evidence, summary } = extractByQuoting(page, "How deep is the harbour of Velsund?");
  const lines = evidence.split("\n");
  expect(lines[0]).toBe("Velsund is a town.");
  expect(evidence).toContain("The harbour was dredged.\nThe harbour of Velsund is nine metres deep.\nIt is old.");
  expect(summary).toContain("nine metres deep");
  expect(evidence.length).toBeLessThanOrEqual(3_100);
  const places = lines.map((line) => page.text.indexOf(line));
  expect(places).toEqual([...places].sort((one, other) => one - other));
});

test("a short page stays whole, an empty one empty", () => {
  expect(extractByQuoting({ ...page, text: "One here. Two there." }, "nothing").evidence).toBe("One here.\nTwo there.");
  expect(extractByQuoting({ ...page, text: "" }, "goal")).toMatchObject({ evidence: "", summary: "" });
});
