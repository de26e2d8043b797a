import type { Span } from "#lib/std/span.ts";

const patterns = [
  /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))|$(?![\s\S]))/gm, // fenced code, also one that never closes
  /(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[\s\S])+?(?<!`)\1(?!`)/g, // code in a line
  /!?\[(?:[^\][\\\n]|\\.)*\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\)/g, // links and images
  /^ {0,3}\[\^?[^\]\n]+\]:[^\n]*$/gm, // definitions of footnotes and link targets
  /<?https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]]>?/g, // bare addresses
  /\$\$[\s\S]+?\$\$|\$(?=\S)[^$\n]*\S\$/g, // mathematics
];

/** The stretches of a Markdown text that are no prose: what looks like a mark in there is none. In order, without overlaps. */
export function protectedSpans(markdown: string): Span[] {
  const spans: Span[] = [];
  for (const pattern of patterns) {
    for (const match of markdown.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (match[0] !== "" && !spans.some((other) => span.start < other.end && other.start < span.end)) spans.push(span);
    }
  }
  return spans.sort((one, other) => one.start - other.start);
}
