/** A formula of a page as its TeX source where the page gives one, `null` where only the glyphs can be kept. */
export function formulaText(tex: string): string | null {
  const source = tex.replace(/^\s*\{\\displaystyle\s*([\s\S]*)\}\s*$/, "$1").replace(/\s+/g, " ").trim();
  return source === "" ? null : `$${source}$`;
}
