import { Parser } from "htmlparser2";
import { oneLine } from "#lib/std/one-line.ts";

const skipped = new Set(["script", "style", "noscript", "template", "svg", "head", "iframe", "object", "nav"]);
const blocks = new Set(
  "p div section article main header footer aside h1 h2 h3 h4 h5 h6 ul ol li table tr blockquote pre figure figcaption dl dt dd hr br form address".split(
    " ",
  ),
);

/** The title and readable text of an HTML file, headings and list items marked as in Markdown. Linear in its length; nothing is executed. */
export function htmlText(html: string): { title: string; text: string } {
  let title = "";
  let text = "";
  let skippedDepth = 0;
  let inTitle = false;
  const parser = new Parser({
    onopentag(name) {
      if (name === "title" && title === "") inTitle = true;
      if (skipped.has(name)) skippedDepth++;
      else if (blocks.has(name)) text += `\n${opening(name)}`;
      else if (name === "td" || name === "th") text += " | ";
    },
    ontext(data) {
      if (inTitle) title += data;
      else if (skippedDepth === 0) text += data.replace(/\s+/g, " ");
    },
    onclosetag(name) {
      if (name === "title") inTitle = false;
      if (skipped.has(name)) skippedDepth = Math.max(0, skippedDepth - 1);
      else if (blocks.has(name)) text += "\n";
    },
  });
  parser.end(html);
  return { title: oneLine(title), text: tidy(text) };
}

function opening(name: string): string {
  if (/^h[1-6]$/.test(name)) return `\n${"#".repeat(Number(name[1]))} `;
  return name === "li" ? "- " : name === "p" ? "\n" : "";
}

const tidy = (text: string) =>
  text
    .split("\n")
    .map((line) => line.replace(/ {2,}/g, " ").trim())
    .filter((line) => !/^(?:#{1,6}|-)$/.test(line))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
