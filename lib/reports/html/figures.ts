import type { Element, Nodes, Root } from "hast";
import type { Image } from "mdast";
import type { Handlers } from "mdast-util-to-hast";
import type { FigureRef } from "#lib/domain/figure.ts";
import { figureIn, figureWords } from "#lib/reports/document/figure-in.ts";
import { walk } from "./walk.ts";

/** A figure on its way past the sanitizer: an element that no Markdown can write. */
export const figureElement = "report-figure";

export const figureHandlers = {
  image: (_: unknown, node: Image): Element => ({
    type: "element",
    tagName: figureElement,
    properties: { n: figureIn(node)?.n ?? 0 },
    children: [{ type: "text", value: node.alt ?? "" }],
  }),
} as Handlers;

/** Sets every figure as a picture with its words below it. One that `addressOf` gives no address for is its words alone. */
export function setFigures(tree: Root, figures: readonly FigureRef[], addressOf: (figure: FigureRef) => string | null): void {
  walk<Nodes>(tree, (node, parent, index) => {
    if (node.type !== "element" || node.tagName !== figureElement) return;
    const alt = node.children.map((child) => (child.type === "text" ? child.value : "")).join("");
    const figure = figures.find(({ n }) => n === Number(node.properties.n));
    const address = figure ? addressOf(figure) : null;
    parent.children[index] =
      figure && address ? picture(figure, alt, address) : { type: "text", value: `[${figureWords(figure?.n ?? 0, alt)}]` };
  });
}

/** Spans, because it stands inside a paragraph. */
const picture = ({ n, name, width, height }: FigureRef, alt: string, address: string): Element => ({
  type: "element",
  tagName: "span",
  properties: { className: ["figure"], id: `figure-${n}` },
  children: [
    { type: "element", tagName: "img", properties: { src: address, alt: alt || name, width, height, loading: "lazy" }, children: [] },
    {
      type: "element",
      tagName: "span",
      properties: { className: ["figure-words"] },
      children: [{ type: "text", value: `${figureWords(n, alt)}. Drawn by a script of this research.` }],
    },
  ],
});
