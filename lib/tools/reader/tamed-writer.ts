import { entityMarks } from "./entity-marks.ts";
import { formulaText } from "./formula-text.ts";
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

const caps = { text: 4_000_000, jsonLd: 200_000 };

/** Puts a tamed page together, piece by piece, as one whole document, and keeps count of its text. */
export function tamedWriter() {
  const page: TamedHtml = { html: "", title: "", bodyCharacters: 0, cut: false };
  const head: string[] = [];
  const body: string[] = [];
  let textLength = 0;
  let boilerplateDepth = 0;

  const text = (piece: string) => {
    const kept = piece.slice(0, caps.text - textLength);
    page.cut ||= kept.length < piece.length;
    textLength += kept.length;
    if (boilerplateDepth === 0) page.bodyCharacters += kept.replace(/\s+/g, "").length;
    body.push(entityMarks.of(kept));
  };
  return {
    tag: (tag: string) => void body.push(tag),
    text,
    /** The first one counts. */
    title(title: string) {
      if (page.title === "") head.push(`<title>${entityMarks.of(title)}</title>`);
      page.title ||= title;
    },
    head: (tag: string) => void head.push(tag),
    /** As code, so that no Markdown is seen in the TeX. */
    formula(tex: string, glyphs: string) {
      const formula = formulaText(tex);
      if (formula) body.push(`<code>${entityMarks.of(formula)}</code>`);
      else text(glyphs);
    },
    /** Readability takes title and dates from it. Raw text: it is copied as it is. */
    jsonLd(json: string) {
      if (json.length <= caps.jsonLd) head.push(`<script type="application/ld+json">${json}</script>`);
    },
    enterBoilerplate: () => void boilerplateDepth++,
    leaveBoilerplate: () => void boilerplateDepth--,
    isFull: () => page.cut,
    page: (): TamedHtml => ({
      ...page,
      html: `<html><head>${head.join("")}</head><body>${unwrapLayoutTables(body.join(""))}</body></html>`,
    }),
  };
}
