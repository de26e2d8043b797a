/** A sentence of Markdown as plain words: without list marker, emphasis, code marks, link targets, table bars and escapes. */
export function plainClaim(markdown: string): string {
  return markdown
    .replace(/!?\[([^\][]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g, "$1")
    .replace(/^\s*(?:#{1,6}|>|[-*+•]|\d{1,3}[.)])\s+/, "")
    .replace(/\*\*|__|(?<!\\)`/g, "")
    .replace(/(?<![\p{L}\p{N}\\])[*_]+|(?<!\\)[*_]+(?![\p{L}\p{N}])/gu, "")
    .replace(/(?<!\\)\|/g, " ")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}
