import { Parser } from "htmlparser2";
import { entityMarks } from "./entity-marks.ts";
import { formulaText } from "./formula-text.ts";
import { keptAttributes } from "./kept-attributes.ts";
import { unwrapLayoutTables } from "./unwrap-layout-tables.ts";

export interface TamedHtml {
  /** Plain, bounded HTML with absolute links, its text in entity marks: what no parser chokes on. */
  html: string;
  /** The text of `<title>`. */
  title: string;
  /** Characters of text, without white space, outside of navigation, header and footer. */
  bodyCharacters: number;
  /** Whether the page had more text than was kept. */
  cut: boolean;
}

/** Real pages stay far below; what lies above is there to hurt parsers. Beyond a cap tags are dropped, the text inside them stays. */
const caps = { depth: 100, elements: 60_000, text: 4_000_000 };
const sliceLength = 65_536;

const dropped = new Set([
  ...["script", "style", "svg", "iframe", "frame", "template", "object", "embed", "applet", "noscript", "link", "canvas", "dialog"],
  ...["video", "audio", "picture", "img", "source", "track", "map", "input", "select", "button", "textarea", "datalist", "base", "wbr"],
]);
const boilerplate = new Set(["nav", "header", "footer", "aside", "head"]);
const withoutEnd = new Set(["br", "hr", "meta", "col", "area", "param"]);
/** Elements that Markdown cannot say, as the nearest it can. */
const renamed: Record<string, string> = {
  ...{ dl: "div", dt: "div", dd: "div", details: "div", summary: "div", address: "div", center: "div" },
  ...{ mark: "span", u: "span", ins: "span", abbr: "span", sub: "span", sup: "span", font: "span", bdi: "span" },
};

type Attributes = Record<string, string>;
/** What an open element does with its text, its end and, when it is taken out of the flow of the page, its children. */
interface Frame {
  text(text: string): void;
  end?(): void;
  child?(name: string, attributes: Attributes): Frame;
}
const silence: Frame = { text: () => {}, child: () => silence };

/**
 * One linear pass over a page before any tree is built from it: drops what carries no text, makes links absolute, keeps formulas as
 * TeX, and caps depth, elements and text. Without it 11 KB of nested `<div>` block a tree builder and an extractor for 25 s.
 */
export function tameHtml(html: string, url: string): TamedHtml {
  const page: TamedHtml = { html: "", title: "", bodyCharacters: 0, cut: false };
  const parts: string[] = [];
  const frames: Frame[] = [];
  let base = URL.parse(url);
  let elements = 0;
  let textLength = 0;
  let boilerplateDepth = 0;

  const emit = (text: string) => {
    const kept = text.slice(0, caps.text - textLength);
    page.cut ||= kept.length < text.length;
    textLength += kept.length;
    if (boilerplateDepth === 0) page.bodyCharacters += kept.replace(/\s+/g, "").length;
    parts.push(entityMarks.of(kept));
  };
  const emitFormula = (tex: string, glyphs: string) => {
    const formula = formulaText(tex);
    if (formula) parts.push(`<code>${entityMarks.of(formula)}</code>`);
    else emit(glyphs);
  };
  const flow: Frame = { text: emit };

  const frameOf = (name: string, attributes: Attributes): Frame => {
    if (name === "math") return formulaFrame(attributes.alttext ?? "", emitFormula);
    if (name === "script" && attributes.type === "application/ld+json") return jsonLdFrame((json) => parts.push(json));
    if (name === "base") base = URL.parse(attributes.href ?? "", url) ?? base;
    if (name === "img" && isFormulaImage(attributes)) emitFormula(attributes.alt ?? "", "");
    if (dropped.has(name) || isFootnoteMark(name, attributes)) return silence;
    if (frames.length >= caps.depth || ++elements > caps.elements) return { text: emit, end: () => void parts.push(" ") };
    const tag = renamed[name] ?? name;
    parts.push(`<${tag}${keptAttributes(name, attributes, base)}>`);
    if (withoutEnd.has(tag)) return flow;
    const end = () => void parts.push(`</${tag}>`);
    if (name === "title") return { text: (text) => ((page.title += text), parts.push(entityMarks.of(text))), end };
    if (name === "sup") return { text: (text) => emit(/^[\d+−-]/.test(text) ? `^${text}` : text), end };
    if (!boilerplate.has(name)) return { text: emit, end };
    boilerplateDepth++;
    return { text: emit, end: () => (boilerplateDepth--, end()) };
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      const parent = frames.at(-1) ?? flow;
      frames.push(parent.child ? parent.child(name, attributes) : frameOf(name, attributes));
    },
    ontext: (text) => (frames.at(-1) ?? flow).text(text),
    onclosetag: () => frames.pop()?.end?.(),
  });
  for (let start = 0; start < html.length && !page.cut; start += sliceLength) parser.write(html.slice(start, start + sliceLength));
  parser.end();
  return { ...page, html: unwrapLayoutTables(parts.join("")) };
}

/** MathML: its TeX where the page gives it, as attribute or annotation, else its glyphs. */
function formulaFrame(alttext: string, emit: (tex: string, glyphs: string) => void): Frame {
  let tex = "";
  let glyphs = "";
  const annotation: Frame = { text: (text) => void (tex += text), child: () => silence };
  const glyph: Frame = {
    text: (text) => void (glyphs += text),
    child: (name, attributes) => (name !== "annotation" ? glyph : attributes.encoding === "application/x-tex" ? annotation : silence),
  };
  return { ...glyph, end: () => emit(alttext || tex, glyphs) };
}

/** Readability takes title and dates from it; raw text, so it is copied as it is. */
function jsonLdFrame(emit: (json: string) => void): Frame {
  let json = "";
  const end = () => json.length < 200_000 && emit(`<script type="application/ld+json">${json}</script>`);
  return { text: (text) => void (json += text), child: () => silence, end };
}

const isFormulaImage = ({ class: name = "", alt = "" }: Attributes) => alt !== "" && /\b(tex|latex|math)\b/.test(name) && !name.includes("mwe-math");
const isFootnoteMark = (name: string, { class: className = "" }: Attributes) => name === "sup" && /\b(reference|footnote)/.test(className);
