import type { Root as Hast } from "hast";
import type { Table } from "mdast";
import type { State } from "mdast-util-to-hast";
import rehypeSanitize, { type Options } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkRehype, { defaultHandlers } from "remark-rehype";
import { unified } from "unified";
import type { FigureRef } from "#lib/domain/figure.ts";
import { captionOf } from "./document/caption-tables.ts";
import { type ParsedReport, parseReport } from "./document/parse-report.ts";
import { markElement } from "./document/place-marks.ts";
import { figureElement, figureHandlers, setFigures } from "./html/figures.ts";
import { formulaElement, formulaHandlers, setFormulas } from "./html/formula.ts";
import { type Heading, outline } from "./html/outline.ts";
import { walk } from "./html/walk.ts";
import { wrapClaims } from "./html/wrap-claims.ts";

export interface ReportHtml {
  html: string;
  contents: Heading[];
}

// Raw HTML never becomes an element, so all that is left to keep out is odd links and attributes that Markdown can carry.
const allowed: Options = {
  tagNames:
    `p em strong del code pre a ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br table caption thead tbody tr th td input ${markElement} ${formulaElement} ${figureElement}`.split(
      " ",
    ),
  attributes: {
    a: ["href"],
    ol: ["start"],
    th: ["align"],
    td: ["align"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    [markElement]: ["index"],
    [formulaElement]: ["display"],
    [figureElement]: ["n"],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: { input: { type: "checkbox", disabled: true } },
  clobberPrefix: "user-content-",
};

const toElements = unified()
  .use(remarkRehype, { handlers: { ...formulaHandlers, ...figureHandlers, table } })
  .use(rehypeSanitize, allowed);
const writer = unified().use(rehypeStringify, { allowDangerousHtml: true });

/**
 * A report as HTML that is safe to put into a page, with its marks as buttons (`data-citation` is the place of the citation), its formulas as
 * MathML, its figures as pictures from where `figureAddress` says, and its contents. Marks, formulas and ids are set after sanitizing, so nothing that a model wrote can pass for them.
 */
export function toHtml(report: ParsedReport, figureAddress: (figure: FigureRef) => string | null = ownAddress): ReportHtml {
  const tree = toElements.runSync(parseReport(report)) as Hast;
  openLinksApart(tree);
  setFormulas(tree);
  setFigures(tree, report.figures ?? [], figureAddress);
  wrapClaims(tree, report.citations);
  const contents = outline(tree);
  return { html: writer.stringify(tree), contents };
}

/** Where the application itself serves a figure. */
const ownAddress = ({ id }: FigureRef) => `/api/figures/${id}`;

function table(state: State, node: Table) {
  const element = defaultHandlers.table(state, node);
  const caption = captionOf(node);
  if (caption.length > 0) {
    const children = state.all({ type: "paragraph", children: caption });
    element.children.unshift({ type: "element", tagName: "caption", properties: {}, children });
  }
  return element;
}

function openLinksApart(tree: Hast): void {
  walk<Hast | Hast["children"][number]>(tree, (node) => {
    if (node.type !== "element" || node.tagName !== "a" || !/^(?:https?|mailto):/i.test(String(node.properties.href ?? ""))) return;
    Object.assign(node.properties, { rel: ["noopener", "noreferrer", "nofollow", "ugc"], target: "_blank" });
  });
}
