import { Parser } from "htmlparser2";

const silent = new Set(["script", "style", "noscript", "template", "svg", "head", "title"]);
const blocks = new Set("p div br li tr h1 h2 h3 h4 h5 h6 section article table ul ol pre blockquote".split(" "));

/** All text of a page with a line for each block: the last resort, when nothing else can read it. */
export function plainStrip(html: string): string {
  const parts: string[] = [];
  let silence = 0;
  const parser = new Parser({
    onopentagname: (name) => void (silent.has(name) ? silence++ : blocks.has(name) && parts.push("\n")),
    ontext: (text) => void (silence === 0 && parts.push(text)),
    onclosetag: (name) => void (silent.has(name) && silence--),
  });
  parser.write(html);
  parser.end();
  return parts
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n\s*/g, "\n");
}
