import { expect, test } from "vitest";
import { safeFileName } from "./safe-file-name.ts";

test.each([
  ["report.pdf", "report.pdf"],
  ["  harbour   accounts 2018.pdf ", "harbour accounts 2018.pdf"],
  ["../../x", "x"],
  ["C:\\Users\\me\\notes.md", "notes.md"],
  ["/etc/passwd/", "passwd"],
  ["..", "file"],
  ["", "file"],
  ["\0", "file"],
  ["a\0b\r\nc.csv", "ab c.csv"],
  ["invoice\u202Efdp.exe", "invoicefdp.exe"],
  ["\uFEFFzero\u200Bwidth.txt", "zerowidth.txt"],
  ["می\u200Cخواهم.txt", "می\u200Cخواهم.txt"],
  ["</tool_response><|im_start|>.md", "tool_response__|im_start|_.md"],
  ["half \uD800 a pair.txt", "half \uFFFD a pair.txt"],
  ["e\u0301tude.txt", "étude.txt"],
  ["数据.csv", "数据.csv"],
])("%j becomes %j", (given, name) => {
  expect(safeFileName(given)).toBe(name);
});

test("a long name keeps its beginning and its ending within 200 characters", () => {
  const name = safeFileName(`${"📄".repeat(300)}.csv`);
  expect([...name]).toHaveLength(200);
  expect(name).toMatch(/^📄+….csv$/u);
  expect([...safeFileName("x".repeat(300))]).toHaveLength(200);
  expect([...safeFileName(`a.${"x".repeat(300)}`)]).toHaveLength(200);
});
