import type { Root as Hast } from "hast";
import type { Root as Mdast, Nodes } from "mdast";
import rehypeSanitize, { type Options } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import type { Report } from "#lib/domain/report.ts";
import { type Heading, outline } from "./html/outline.ts";
import { markElement, placeMarks } from "./html/place-marks.ts";
import { walk } from "./html/walk.ts";
import { wrapClaims } from "./html/wrap-claims.ts";

export interface ReportHtml {
  html: string;
  contents: Heading[];
}

// Raw HTML never becomes an element, so all that is left to keep out is pictures, odd links and attributes that Markdown can carry.
const allowed: Options = {
  tagNames:
    `p em strong del code pre a ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br sup section table thead tbody tr th td input ${markElement}`.split(
      " ",
    ),
  attributes: {
    a: ["href"],
    ol: ["start"],
    th: ["align"],
    td: ["align"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
    [markElement]: ["index"],
  },
  protocols: { href: ["http", "https", "mailto"] },
  required: { input: { type: "checkbox", disabled: true } },
  clobberPrefix: "user-content-",
};

const parser = unified().use(remarkParse).use(remarkGfm);
const toElements = unified().use(remarkRehype).use(rehypeSanitize, allowed);
const writer = unified().use(rehypeStringify);

/**
 * A report as HTML that is safe to put into a page, with its marks as buttons (`data-citation` is the place of the citation), and its
 * contents. Marks and ids are set after sanitizing, so nothing that a model wrote can pass for them.
 */
export function toHtml(report: Pick<Report, "markdown" | "citations">): ReportHtml {
  const parsed = parser.parse(report.markdown) as Mdast;
  placeMarks(parsed, report.markdown, report.citations);
  picturesToText(parsed);
  const tree = toElements.runSync(parsed) as Hast;
  openLinksApart(tree);
  wrapClaims(tree, report.citations);
  const contents = outline(tree);
  return { html: writer.stringify(tree), contents };
}

function picturesToText(tree: Mdast): void {
  walk<Nodes>(tree, (node, parent, index) => {
    if (node.type === "image" || node.type === "imageReference") parent.children[index] = { type: "text", value: node.alt ?? "" };
  });
}

function openLinksApart(tree: Hast): void {
  walk<Hast | Hast["children"][number]>(tree, (node) => {
    if (node.type !== "element" || node.tagName !== "a" || !/^(?:https?|mailto):/i.test(String(node.properties.href ?? ""))) return;
    Object.assign(node.properties, { rel: ["noopener", "noreferrer", "nofollow", "ugc"], target: "_blank" });
  });
}
