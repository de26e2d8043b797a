import { readFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { toHtml } from "./to-html.ts";

const folder = process.env.REAL_DATA && `${process.env.REAL_DATA}/commonmark`;
const example = /^`{32} example[^\n]*\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm;
const known = new Set(
  "P EM STRONG DEL CODE PRE A UL OL LI BLOCKQUOTE H1 H2 H3 H4 H5 H6 HR BR TABLE CAPTION THEAD TBODY TR TH TD INPUT DIV SPAN SECTION MATH".split(
    " ",
  ),
);

/** What a reader sees of HTML, whatever it is wrapped in: words, and which of them are headings, emphasis, code, links and items. */
function seen(html: string): string {
  const { document } = parseHTML(`<html><body>${html}</body></html>`);
  for (const anchor of document.querySelectorAll("a.anchor")) anchor.remove();
  const tell = (node: ChildNode): string => {
    if (node.nodeType === 3) return node.textContent ?? "";
    const inner = [...node.childNodes].map(tell).join("");
    const name = node.nodeName.toLowerCase();
    if (/^h[1-6]$/.test(name)) return `<h>${inner}</h>`;
    return /^(?:em|strong|code|a|li|blockquote|hr|ol|ul)$/.test(name) ? `<${name}>${inner}</${name}>` : inner;
  };
  return [...document.body.childNodes]
    .map(tell)
    .join("")
    .replace(/\s+/g, " ")
    .replace(/ ?(<\/?(?:li|ul|ol|blockquote|h|hr)>) ?/g, "$1")
    .trim();
}

test.skipIf(!folder)("the examples of CommonMark are rendered as the specification says, up to what reports do not have", () => {
  const spec = readFileSync(`${folder}/spec.txt`, "utf8").replaceAll("→", "\t");
  let [all, same, withHtml] = [0, 0, 0];
  const differing: string[] = [];
  for (const match of spec.matchAll(example)) {
    const [, markdown = "", wanted = ""] = match;
    all += 1;
    const { html } = toHtml({ markdown, citations: [] });
    for (const element of parseHTML(`<html><body>${html}</body></html>`).document.body.querySelectorAll("*")) {
      if (!element.closest("math")) expect(known).toContain(element.nodeName.toUpperCase());
    }
    if (/<(?!https?:|mailto:)[a-z!?/]/i.test(markdown)) withHtml += 1;
    if (seen(html) === seen(wanted)) same += 1;
    else differing.push(markdown);
  }
  const explained = differing.filter((markdown) => /<[a-z!?/]|!\[|\]\((?!https?:|mailto:)|\]:|\[\^|<[a-z.+-]+:/i.test(markdown));
  process.stdout.write(
    `\n${all} examples, ${same} as the specification says, ${withHtml} with HTML in them; ${explained.length} differ by HTML, pictures, footnotes or links that are no addresses, ${differing.length - explained.length} otherwise:\n`,
  );
  for (const markdown of differing) if (!explained.includes(markdown)) process.stdout.write(`${JSON.stringify(markdown)}\n`);
  expect(all).toBeGreaterThan(600);
  expect(same).toBeGreaterThan(400);
});
