import { expect, test } from "vitest";
import { typstFormula } from "./typst-formula.ts";

test.each([
  ["E = mc^2", "E = m c^2"],
  ["\\frac{a}{b} \\text{ if } x > 0", 'a/b " if " x > 0'],
  ["\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "mat(1, 2; 3, 4)"],
  ["\\text{中文} \\alpha", '"中文" alpha'],
])("%s becomes %s", (tex, typst) => {
  expect(typstFormula(tex)).toBe(typst);
});

test.each([
  ['\\text{") #read("/etc/passwd") ("}'],
  ["\\text{#panic()}"],
  ["\\hspace{1em}"],
  ["\\tag{1}"],
  ["\\mathrm{read} \\xrightarrow{a}"],
  ["\\operatorname{a\\\\} \\text{\\}"],
  ["\\LaTeX"],
  ["{".repeat(5000)],
  [""],
])("%s is no formula for Typst", (tex) => {
  expect(typstFormula(tex)).toBeNull();
});
