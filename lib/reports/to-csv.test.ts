import { expect, test } from "vitest";
import { citation, sampleReport } from "./html-document/sample-report.fixture.ts";
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

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "＝1"])("a cell that begins with %j is text", (claim) => {
  expect(toCsv(sampleReport({ citations: [citation(1, { claim: `${claim} "q"` })] }))).toContain(`"'${claim} ""q"""`);
});
