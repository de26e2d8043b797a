/** A long book: it keeps a source storable and searchable. */
export const maxCharacters = 1_000_000;

/**
 * Text fit to be stored and quoted: no NUL (Postgres refuses it), no lone surrogates, plain spaces and line ends, no invisible hyphens.
 * A text that was shortened says so in its last line.
 */
export function tidyText(text: string, wasCut = false): string {
  const tidy = text
    .replaceAll("\0", "")
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .split("\n")
    .map(withoutTrailingSpace)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
    .toWellFormed();
  if (tidy.length <= maxCharacters && !wasCut) return tidy;
  const kept = tidy.slice(0, maxCharacters).toWellFormed();
  return `${kept}\n\n[The document goes on. Only its first ${kept.length.toLocaleString("en")} characters were kept.]`;
}

/** Two spaces after a word are a line break in Markdown and stay. No pattern here: `[ \t]+$` is quadratic in a run of spaces. */
function withoutTrailingSpace(line: string): string {
  const trimmed = line.trimEnd();
  return trimmed !== "" && line.length === trimmed.length + 2 && line.endsWith("  ") ? line : trimmed;
}

/** A title in one line. */
export const tidyTitle = (title: string) => tidyText(title.replace(/\s+/g, " ")).slice(0, 300).toWellFormed();
