/**
 * A sentence of a Markdown text as a quotation in a Markdown report: link targets, emphasis, footnote numbers and the markers of lists
 * and headings go, what would read as markup is escaped. Every word and number stays.
 */
export function asQuote(sentence: string): string {
  const plain = sentence
    .replace(/!?\[([^\][]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/(?<=\S)\[\d{1,3}\]/g, "")
    .replace(/^\s*(?:#{1,6}|>|[-*+•]|\d{1,3}[.)])\s+/, "")
    .replace(/\*\*|__|`/g, "")
    .replace(/(?<![\p{L}\p{N}])[*_]+|[*_]+(?![\p{L}\p{N}])/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return `“${plain.replace(/[\\[\]<>*_|#`]/g, "\\$&")}”`;
}
