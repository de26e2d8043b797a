import { Parser } from "htmlparser2";
import { formulaFrame } from "./formula-frame.ts";
import { type Attributes, collectingFrame, type Frame, silence } from "./frame.ts";
import { keptAttributes } from "./kept-attributes.ts";
import { type TamedHtml, tamedWriter } from "./tamed-writer.ts";

/** Real pages stay far below; what lies above is there to hurt parsers. Beyond a cap tags are dropped, the text inside them stays. */
const caps = { depth: 100, elements: 60_000 };
const sliceLength = 65_536;

const dropped = new Set([
  ...["script", "style", "svg", "iframe", "frame", "template", "object", "embed", "applet", "noscript", "link", "canvas", "dialog"],
  ...["video", "audio", "picture", "img", "source", "track", "map", "input", "select", "button", "textarea", "datalist", "base", "wbr"],
]);
const boilerplate = new Set(["nav", "header", "footer", "aside"]);
const withoutEnd = new Set(["br", "hr", "col", "area", "param"]);
/** Optional in HTML, not to extractors: the writer adds them to every page. */
const skeleton = new Set(["html", "head", "body"]);
/** Elements that Markdown cannot say, as the nearest it can. */
const renamed: Record<string, string> = {
  ...{ dl: "div", dt: "div", dd: "div", details: "div", summary: "div", address: "div", center: "div" },
  ...{ mark: "span", u: "span", ins: "span", abbr: "span", sub: "span", sup: "span", font: "span", bdi: "span" },
};

/**
 * One linear pass over a page before any tree is built from it: drops what carries no text, makes links absolute, keeps formulas as
 * TeX, and caps depth, elements and text. Without it 11 KB of nested `<div>` block a tree builder and an extractor for 25 s.
 */
export function tameHtml(html: string, url: string): TamedHtml {
  const writer = tamedWriter();
  const frames: Frame[] = [];
  const flow: Frame = { text: writer.text };
  let base = URL.parse(url);
  let elements = 0;

  const frameOf = (name: string, attributes: Attributes): Frame => {
    if (name === "math") return formulaFrame(attributes.alttext ?? "", writer.formula);
    if (name === "script" && attributes.type === "application/ld+json") return collectingFrame(writer.jsonLd);
    if (name === "base") base = URL.parse(attributes.href ?? "", url) ?? base;
    if (name === "img" && isFormulaImage(attributes)) writer.formula(attributes.alt ?? "", "");
    if (skeleton.has(name)) return flow;
    if (dropped.has(name) || isFootnoteMark(name, attributes)) return silence;
    if (name === "title") return collectingFrame(writer.title);
    if (name === "meta") {
      writer.head(`<meta${keptAttributes(name, attributes, base)}>`);
      return flow;
    }
    if (frames.length >= caps.depth || ++elements > caps.elements) return { text: writer.text, end: () => writer.tag(" ") };
    const tag = renamed[name] ?? name;
    writer.tag(`<${tag}${keptAttributes(name, attributes, base)}>`);
    return withoutEnd.has(tag) ? flow : elementFrame(name, `</${tag}>`, writer);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      const parent = frames.at(-1) ?? flow;
      frames.push(parent.child ? parent.child(name, attributes) : frameOf(name, attributes));
    },
    ontext: (text) => (frames.at(-1) ?? flow).text(text),
    onclosetag: () => frames.pop()?.end?.(),
  });
  for (let start = 0; start < html.length && !writer.isFull(); start += sliceLength) parser.write(html.slice(start, start + sliceLength));
  parser.end();
  return writer.page();
}

function elementFrame(name: string, endTag: string, writer: ReturnType<typeof tamedWriter>): Frame {
  const end = () => writer.tag(endTag);
  if (name === "sup") return { text: (text) => writer.text(/^[\d+−-]/.test(text) ? `^${text}` : text), end };
  if (!boilerplate.has(name)) return { text: writer.text, end };
  writer.enterBoilerplate();
  return {
    text: writer.text,
    end() {
      writer.leaveBoilerplate();
      end();
    },
  };
}

const isFormulaImage = ({ class: name = "", alt = "" }: Attributes) =>
  alt !== "" && /\b(tex|latex|math)\b/.test(name) && !name.includes("mwe-math");
const isFootnoteMark = (name: string, { class: className = "" }: Attributes) => name === "sup" && /\b(reference|footnote)/.test(className);
