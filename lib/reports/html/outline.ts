import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";
import { walk } from "./walk.ts";

export interface Heading {
  id: string;
  text: string;
  /** 2 for a section, 3 and more below it. */
  depth: number;
  /** Places of the citations under this heading, up to the next one. */
  citations: number[];
}

/** The section that tells what stayed open, in the words that our own reports use for it. */
const gaps = new Set(["what could not be found", "未能找到的内容", "未能查到的内容"]);

/** Gives every heading an id of ours and a link to itself, sets the section of gaps apart, and returns the contents. */
export function outline(tree: Root): Heading[] {
  const headings: Heading[] = [];
  const taken = new Set<string>();
  walkForward(tree, (node) => {
    if (node.type !== "element") return;
    if (node.tagName === "button" && node.properties.dataCitation !== undefined)
      headings.at(-1)?.citations.push(Number(node.properties.dataCitation));
    const depth = depthOf(node);
    if (!depth) return;
    const heading = { id: freeId(textOf(node), taken), text: textOf(node), depth: Math.min(6, depth + 1), citations: [] };
    headings.push(heading);
    node.tagName = `h${heading.depth}`;
    node.properties.id = heading.id;
    node.children.push(anchorTo(heading.id));
  });
  setGapsApart(tree);
  frameScrolling(tree);
  return headings;
}

const depthOf = (node: RootContent | ElementContent): number | null =>
  node.type === "element" && /^h[1-6]$/.test(node.tagName) ? Number(node.tagName[1]) : null;

function walkForward(node: Root | Element, visit: (node: RootContent | ElementContent) => void): void {
  for (const child of node.children) {
    visit(child);
    if (child.type === "element") walkForward(child, visit);
  }
}

/** The prefix keeps ids out of the names that the page and the browser use themselves. */
function freeId(text: string, taken: Set<string>): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  let id = `s-${slug}`;
  for (let n = 2; taken.has(id); n += 1) id = `s-${slug}-${n}`;
  taken.add(id);
  return id;
}

const anchorTo = (id: string): Element => ({
  type: "element",
  tagName: "a",
  properties: { className: ["anchor"], href: `#${id}`, ariaLabel: "Link to this section" },
  children: [{ type: "text", value: "#" }],
});

function setGapsApart(tree: Root): void {
  const start = tree.children.findIndex((node) => depthOf(node) === 2 && gaps.has(textOf(node).replace(/#$/, "").trim().toLowerCase()));
  if (start < 0) return;
  const next = tree.children.findIndex((node, index) => index > start && depthOf(node) === 2);
  const end = next < 0 ? tree.children.length : next;
  const children = tree.children.slice(start, end).filter((node) => node.type !== "doctype");
  tree.children.splice(start, end - start, { type: "element", tagName: "section", properties: { className: ["gaps"] }, children });
}

/** Tables and code scroll in place, in a region that a key can reach. */
function frameScrolling(tree: Root): void {
  walk<Nodes>(tree, (node, parent, index) => {
    if (node.type !== "element" || (node.tagName !== "table" && node.tagName !== "pre")) return;
    const label = node.tagName === "table" ? "Table" : "Code";
    parent.children[index] = {
      type: "element",
      tagName: "div",
      properties: { className: ["scroll"], tabIndex: 0, role: "region", ariaLabel: label },
      children: [node],
    };
  });
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.data?.tex !== undefined) return node.data.tex;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
