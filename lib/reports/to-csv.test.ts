import { expect, test } from "vitest";
import { citation, sampleReport, sourceRef } from "./html-document/sample-report.fixture.ts";
import { toCsv } from "./to-csv.ts";

test("the table has a row a claim and a column a source, with the status where they meet", () => {
  const two = sampleReport({
    citations: [
      citation(1, { claim: "Said twice." }),
      citation(2, { claim: "Said twice.", status: "unchecked" }),
      citation(2, { claim: "Other" }),
    ],
  });
  const [head, first, second, ...rest] = toCsv(two).trimEnd().split("\r\n");
  expect(head).toMatch(/^\uFEFF"No\.","Claim","\[1\] Source number 1 /);
  expect(first).toMatch(/^"1","Said twice\.","supported","not checked",/);
  expect(second).toMatch(/^"2","Other","","supported",/);
  expect(rest).toEqual([]);
});

test("the address of a file that nobody else can open is not told", () => {
  const sources = [sourceRef(1, { url: "attachment:///7f7e/accounts.pdf", title: "" })];
  expect(toCsv(sampleReport({ sources }))).toMatch(/^\uFEFF"No\.","Claim","\[1\] a file of the author’s",/);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "＝1"])("a cell that begins with %j is text", (claim) => {
  expect(toCsv(sampleReport({ citations: [citation(1, { claim: `${claim} "q"` })] }))).toContain(`"'${claim} ""q"""`);
});
