import { expect, test } from "vitest";
import { sampleReport } from "#lib/reports/html-document/sample-report.fixture.ts";
import { makePdf } from "./make-pdf.ts";

const never = new AbortController().signal;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

test("a report is set in a process of its own, and the same report gives the same bytes", async () => {
  const report = sampleReport();
  const first = await makePdf(report, never);
  if (!first.ok) throw new Error(`${first.reason}: ${first.detail}`);
  expect(text(first.pdf).slice(0, 5)).toBe("%PDF-");
  expect(await makePdf(report, never)).toEqual(first);
  const other = await makePdf(sampleReport({ question: "How wide is it?" }), never);
  expect(other).toMatchObject({ ok: true });
  expect(other).not.toEqual(first);
});

test("who asks for the same at once gets the same, also when another gives up", async () => {
  const report = sampleReport({ question: "Asked for by many?" });
  const leaving = new AbortController();
  const left = makePdf(report, leaving.signal);
  const [one, other] = [makePdf(report, never), makePdf(report, never)];
  leaving.abort();
  await expect(left).rejects.toThrow();
  const made = await one;
  expect(made).toMatchObject({ ok: true });
  expect(await other).toBe(made);
  expect(await makePdf(report, never)).toBe(made);
});

test("letters that no font has are told, and a report of nothing else is refused", async () => {
  expect(await makePdf(sampleReport({ markdown: "Up 🚀 and away.", citations: [] }), never)).toMatchObject({ ok: true, missing: ["🚀"] });
  const hangul = Array.from({ length: 60 }, (_, n) => String.fromCodePoint(0xac00 + n * 28)).join("");
  const refused = await makePdf(sampleReport({ markdown: hangul, citations: [] }), never);
  expect(refused).toMatchObject({ ok: false, reason: "no-letters" });
  expect(await makePdf(sampleReport({ markdown: hangul, citations: [] }), never)).toBe(refused);
});

test.each([
  ["closes a string", '") #read("/etc/passwd") ("'],
  ["is code", '#import "@preview/cetz:0.2.2": *\n\n#read("/etc/passwd")'],
  ["closes a string in a formula", '$\\text{") #read("/etc/passwd") ("}_x$ and $#read("/etc/passwd")_x$'],
  ["closes the mathematics", "$x^2 \\$ #panic() \\$$ $\\mathrm{read}_1$"],
  ["ends a code block", '```\n" + read("/etc/passwd") + "\\\n```'],
  ["has a comment", "$a_1 // b$ and $a_1 /* b$ */"],
  ["is a label", "<source1> @source1 [x](https://a.example/#<label>)"],
  ["is nested deep", `${"> ".repeat(3000)}x`],
  ["has half a letter", "a \ud800 b \u0000 c \u{e0001}"],
])("text that %s is set as text", async (_, markdown) => {
  expect(await makePdf(sampleReport({ markdown, question: markdown.slice(0, 200), citations: [] }), never)).toMatchObject({ ok: true });
});
