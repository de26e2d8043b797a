/** Signs that a printed page shows better in another form, and the ones that show nothing. */
const shown: Record<string, string> = { "✅": "✓", "☑️": "✓", "❌": "✗", "❎": "✗", "⭐": "★", "🌟": "★", "⚠️": "⚠", "➡️": "→", "•": "•" };
const signs = new RegExp(Object.keys(shown).join("|"), "gu");
/** Controls, zero-width joiners and variation selectors, tags, private use, and what is no character at all. */
const unseen =
  /[\p{Cc}\p{Co}\p{Cn}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF0-\uFFFB]|\p{Variation_Selector}|[\u{E0000}-\u{E0FFF}]/gu;

/**
 * A text as a string literal of Typst's code. Whatever it holds, it stays a string: a backslash and a quotation mark are the only signs that mean
 * something in one, and line ends and tabs are spaces.
 */
export function literal(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(signs, (sign) => shown[sign] ?? sign)
    .replace(/[\t\n\r\u2028\u2029]+/g, " ")
    .replace(unseen, "");
  return quoted(plain);
}

/** The same for code, in which lines and columns mean something. */
export function codeLiteral(code: string): string {
  const lines = code.toWellFormed().replace(/\r\n?/g, "\n").replaceAll("\t", "    ").split("\n");
  return quoted(lines.map((line) => line.replace(unseen, "")).join("\n")).replaceAll("\n", "\\n");
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
