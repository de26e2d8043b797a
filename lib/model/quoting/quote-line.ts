/** A sentence as it stands in reports and answers: a quotation with the number of its source. */
export const quoteLine = (sentence: string, n: number) => `- ${asQuote(sentence)} [${n}]`;

/** What `quoteLine` wrote; null for any other line. `quote` is the quotation as it stands there, `text` what it quotes. */
export function readQuoteLine(line: string): { quote: string; text: string; n: number } | null {
  const [, quote, n] = /^- (“.*”) \[(\d+)\]$/.exec(line) ?? [];
  return quote === undefined ? null : { quote, text: unescapeMarkup(quote.slice(1, -1)), n: Number(n) };
}

/**
 * A sentence of a Markdown text as a quotation in a Markdown report: link targets, emphasis, footnote numbers and the markers of lists
 * and headings go, what would read as markup is escaped. Every word and number stays.
 */
function asQuote(sentence: string): string {
  const plain = sentence
    .replace(/!?\[([^\][]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/(?<=\S)\[\d{1,3}\]/g, "")
    .replace(/^\s*(?:#{1,6}|>|[-*+•]|\d{1,3}[.)])\s+/, "")
    .replace(/\*\*|__|`/g, "")
    .replace(/(?<![\p{L}\p{N}])[*_]+|[*_]+(?![\p{L}\p{N}])/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return `“${escapeMarkup(plain)}”`;
}

/** Text that reads as itself in Markdown. */
export const escapeMarkup = (text: string) => text.replace(/[\\[\]<>*_|#`]/g, "\\$&");
/** What `escapeMarkup` was given. */
export const unescapeMarkup = (text: string) => text.replace(/\\([\\[\]<>*_|#`])/g, "$1");
