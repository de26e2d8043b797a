import type { Element, Nodes, Root } from "hast";
import katex from "katex";
import type { Math as FormulaBlock, InlineMath } from "mdast-util-math";
import type { Handlers } from "mdast-util-to-hast";
import { isDisplayed } from "#lib/reports/document/parse-report.ts";
import { walk } from "./walk.ts";

/** A formula on its way past the sanitizer: an element that no Markdown can write. */
export const formulaElement = "report-formula";

const toElement = (_: unknown, node: InlineMath | FormulaBlock): Element => ({
  type: "element",
  tagName: formulaElement,
  properties: { display: isDisplayed(node) ? "block" : "inline" },
  children: [{ type: "text", value: node.value }],
});
export const formulaHandlers = { inlineMath: toElement, math: toElement } as Handlers;

declare module "hast" {
  interface ElementData {
    /** What a formula says, for whoever wants text. */
    tex?: string;
  }
}

/** Longer ones are no formulas, and some of them would keep a server busy. */
const longest = 3000;
/** Takes the colour that KaTeX gives what it will not do, so that it can be told. */
const refused = "#0d0551";

/** Sets every formula as MathML. One that KaTeX cannot set is shown as it was written. */
export function setFormulas(tree: Root): void {
  walk<Nodes>(tree, (node, parent, index) => {
    if (node.type !== "element" || node.tagName !== formulaElement) return;
    const tex = node.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    const display = node.properties.display === "block";
    parent.children[index] = formula(tex, display);
  });
}

function formula(tex: string, display: boolean): Element {
  const mathml = toMathMl(tex, display);
  const className = ["formula", ...(display ? ["formula-display"] : [])];
  if (mathml === null) {
    return {
      type: "element",
      tagName: "code",
      properties: { className: [...className, "formula-source"] },
      children: [{ type: "text", value: tex }],
    };
  }
  const focus = display ? { tabIndex: 0, role: "group", ariaLabel: "Formula" } : {};
  // What KaTeX writes is escaped by it and holds no address: `trust` is off, and what it refuses does not come here.
  return {
    type: "element",
    tagName: "span",
    properties: { className, ...focus },
    data: { tex },
    children: [{ type: "raw", value: mathml }],
  };
}

/** A formula as MathML, or null where it cannot be set. Never throws, whatever the formula is. */
export function toMathMl(tex: string, display: boolean): string | null {
  if (tex.length > longest) return null;
  try {
    const html = katex.renderToString(tex, {
      output: "mathml",
      displayMode: display,
      throwOnError: true,
      errorColor: refused,
      maxExpand: 200,
      maxSize: 20,
      strict: "ignore",
      trust: false,
    });
    if (html.includes(refused)) return null;
    const math = /<math[\s\S]*<\/math>/.exec(html)?.[0];
    return math?.replace(/ (?:style|class)="[^"]*"/g, "") ?? null;
  } catch {
    return null; // not TeX, or a macro without an end, or one nested too deep for the stack
  }
}
