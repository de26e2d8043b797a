import { expect, test } from "vitest";
import { sampleReport, sourceRef } from "./html-document/sample-report.fixture.ts";
import { toBibtex } from "./to-bibtex.ts";
import { toCsl } from "./to-csl.ts";
import { toRis } from "./to-ris.ts";

const hostile = sourceRef(1, {
  title: 'A {"title"} \\input{/etc/passwd}\n%&$#_~^ }, author = {x}\r\nER  - \r\nTY  - BOOK',
  url: "https://a.example/x?q=}%20{&r=1",
  site: "münchen.example",
});
const report = sampleReport({ sources: [hostile, sourceRef(2, { url: "attachment:7", title: "" })] });

test("BibTeX holds one entry a source, and no text of a page is a command or ends a field", () => {
  const text = toBibtex(report);
  expect(text.match(/^@/gm)).toHaveLength(2);
  let depth = 0;
  for (const sign of text) {
    depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  expect(/title = (.*)/.exec(text)?.[1]).not.toMatch(/\\input|[^\\][%&$#]/);
  expect(text).not.toMatch(/^ {2}author/m);
  expect(text).toContain("@online{munchenexample1,");
  expect(text).toContain("url = {https://a.example/x?q=%7D%20%7B&r=1}");
  expect(text).toContain("urldate = {2026-11-22}");
});

test("RIS holds one record a source", () => {
  const text = toRis(report);
  expect(text.match(/^TY {2}- /gm)).toHaveLength(2);
  expect(text.match(/^ER {2}- /gm)).toHaveLength(2);
  expect(text).toContain("UR  - https://a.example/x?q=}%20{&r=1\r\n");
  expect(text.match(/^UR/gm)).toHaveLength(1);
});

test("CSL-JSON says what is known", () => {
  expect(JSON.parse(toCsl(report))).toEqual([
    expect.objectContaining({ id: "munchenexample1", type: "webpage", accessed: { "date-parts": [[2026, 11, 22]] } }),
    expect.objectContaining({ id: "sourceexample2", title: "a file of the author’s" }),
  ]);
});
