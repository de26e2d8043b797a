/** A formula of a page as its TeX source; `null` without one, or with one so long that it is no formula. */
export function formulaText(tex: string): string | null {
  if (tex.length > 5_000) return null;
  const source = tex
    .replace(/^\s*\{\\displaystyle\s*([\s\S]*)\}\s*$/, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return source === "" ? null : `$${source}$`;
}
