import { type Frame, silence } from "./frame.ts";

/** MathML: its TeX where the page gives it, as an attribute or as an annotation, else its glyphs. */
export function formulaFrame(alttext: string, emit: (tex: string, glyphs: string) => void): Frame {
  const tex: string[] = [];
  const glyphs: string[] = [];
  const annotation: Frame = { text: (text) => void tex.push(text), child: () => silence };
  const glyph: Frame = {
    text: (text) => void glyphs.push(text),
    child(name, attributes) {
      if (name !== "annotation") return glyph;
      return attributes.encoding === "application/x-tex" ? annotation : silence;
    },
  };
  return { ...glyph, end: () => emit(alttext || tex.join(""), glyphs.join("")) };
}
