import { expect, test } from "vitest";
import { matchAttachment } from "./match-attachment.ts";

const files = ["Report.pdf", "report.PDF", "Data März.csv", "notes.txt"].map((name, index) => ({
  id: `${index}`,
  name,
  type: "Text",
  size: 1,
}));
const match = (name: string) => matchAttachment(name, files)?.name ?? null;

test.each([
  ["Report.pdf", "Report.pdf"],
  ["report.PDF", "report.PDF"],
  ["REPORT.PDF", null],
  ["NOTES.TXT", "notes.txt"],
  [" notes.txt ", "notes.txt"],
  ["data ma\u0308rz.csv", "Data März.csv"],
  ["/mnt/data/notes.txt", "notes.txt"],
  ["C:\\files\\notes.txt", "notes.txt"],
  ["../../etc/passwd", null],
  ["", null],
])("%j means %j", (name, found) => {
  expect(match(name)).toBe(found);
});
