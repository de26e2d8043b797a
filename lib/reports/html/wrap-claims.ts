import type { Element, ElementContent, Nodes, Root, Text } from "hast";
import type { Citation, CitationStatus } from "#lib/domain/citation.ts";
import { markElement } from "#lib/reports/document/place-marks.ts";
import { sentences } from "#lib/std/sentences.ts";
import { walk } from "./walk.ts";

const severity: readonly CitationStatus[] = ["unsupported", "weak", "unchecked", "supported", "quoted"];
const troubled = new Set<CitationStatus>(["weak", "unsupported", "unchecked"]);

/** Makes every mark a button, and draws the sentence before it together with it as a claim with the worst status of its marks. */
export function wrapClaims(tree: Root, citations: readonly Citation[]): void {
  walk<Nodes>(tree, (node) => {
    if (node.type === "element" && node.children.some(isMark)) node.children = withClaims(node.children, citations);
  });
}

const isMark = (node: ElementContent): node is Element => node.type === "element" && node.tagName === markElement;
const indexOf = (mark: Element) => Number(mark.properties.index);

function withClaims(children: ElementContent[], citations: readonly Citation[]): ElementContent[] {
  const result: ElementContent[] = [];
  let sentence: ElementContent[] = []; // what stands since the last claim ended
  for (const [place, child] of children.entries()) {
    sentence.push(isMark(child) ? buttonOf(child, citations) : child);
    if (!isMark(child) || isMark(children[place + 1] ?? nothing)) continue;
    const marks = lastMarks(children, place);
    const [before, claim] = cutSentence(sentence, marks.length);
    const status = worst(marks.map((mark) => citations[indexOf(mark)]?.status ?? "unchecked"));
    result.push(...before, {
      type: "element",
      tagName: "span",
      properties: { className: ["claim", `claim-${status}`] },
      children: keepTogether(claim),
    });
    sentence = [];
  }
  return [...result, ...sentence];
}

const nothing: ElementContent = { type: "text", value: "" };

/** The marks that stand side by side and end at `place`. */
function lastMarks(children: ElementContent[], place: number): Element[] {
  const marks: Element[] = [];
  for (let at = place; at >= 0; at -= 1) {
    const child = children[at];
    if (!child || !isMark(child)) break;
    marks.unshift(child);
  }
  return marks;
}

/** Cuts before the last sentence. A sentence that begins inside an emphasis takes the whole of it. */
function cutSentence(nodes: ElementContent[], marks: number): [ElementContent[], ElementContent[]] {
  const prose = nodes.slice(0, nodes.length - marks);
  const text = prose.map(textOf).join("");
  const start = sentences(text).at(-1)?.start ?? 0;
  const before: ElementContent[] = [];
  const claim: ElementContent[] = [];
  let at = 0;
  for (const node of prose) {
    const length = textOf(node).length;
    if (at + length <= start) before.push(node);
    else if (node.type === "text" && at < start) {
      before.push({ type: "text", value: node.value.slice(0, start - at) });
      claim.push({ type: "text", value: node.value.slice(start - at) });
    } else claim.push(node);
    at += length;
  }
  return [before, [...claim, ...nodes.slice(prose.length)]];
}

/** The last word and its mark stay on one line, without the space that Markdown has between them. */
function keepTogether(claim: ElementContent[]): ElementContent[] {
  const first = claim.findIndex((node) => node.type === "element" && node.tagName === "button");
  const before = claim[first - 1];
  if (before?.type !== "text") return claim;
  const value = before.value.trimEnd();
  const word = /[^\s]{1,24}$/.exec(value)?.[0] ?? "";
  const head: Text = { type: "text", value: value.slice(0, value.length - word.length) };
  const tail: Element = {
    type: "element",
    tagName: "span",
    properties: { className: ["nowrap"] },
    children: [{ type: "text", value: word }, ...claim.slice(first)],
  };
  return [...claim.slice(0, first - 1), head, tail];
}

function buttonOf(mark: Element, citations: readonly Citation[]): Element {
  const index = indexOf(mark);
  const citation = citations[index];
  const status = citation?.status ?? "unchecked";
  const word = status === "unchecked" ? "not checked" : status;
  return {
    type: "element",
    tagName: "button",
    properties: {
      type: "button",
      id: `c${index + 1}`,
      className: ["cite", "status-soft", `status-${status}`],
      dataCitation: index,
      ariaHasPopup: "dialog",
      ariaLabel: `Source ${citation?.n}, ${word}`,
    },
    children: [{ type: "text", value: troubled.has(status) ? `${citation?.n} ${word}` : String(citation?.n) }],
  };
}

const worst = (statuses: CitationStatus[]): CitationStatus => severity.find((status) => statuses.includes(status)) ?? "unchecked";

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
