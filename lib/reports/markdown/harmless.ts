import { protectedSpans } from "#lib/domain/protected-spans.ts";

/**
 * A model's Markdown without what it may do to a viewer of the file: footnotes that would stand before ours, pictures, HTML, links that run
 * something. What is written here as text or taken out is what the report's page shows as text or leaves out. It reads spans and not a tree, so
 * what a parser makes of the outcome is looked at once more: see `settled`.
 */
export function harmless(markdown: string): string {
  let text = "";
  let last = 0;
  for (const { kind, start, end } of protectedSpans(markdown)) {
    text += plain(markdown.slice(last, start));
    const span = markdown.slice(start, end);
    text += kind === "link" ? link(span) : kind === "definition" ? definition(span) : kind === "formula" ? formula(span) : span;
    last = end;
  }
  return text + plain(markdown.slice(last));
}

const plain = (text: string) =>
  withoutTags(
    text.replaceAll("![", "!\\[").replace(/\\[\s\S]|\[\^/g, (sign) => (sign === "[^" ? "\\[^" : sign)),
    "&lt;",
  );

/** A line break is the one tag that tables need and that does nothing else. */
const withoutTags = (text: string, sign: string) => text.replace(/<(?!br\s*\/?>)(?=[a-z/!?])(?!https?:)/gi, sign);

/** A viewer without formulas reads links and pictures in them; a space means nothing to TeX. */
const formula = (span: string) => withoutTags(span.replaceAll("![", "! [").replaceAll("](", "] (").replaceAll("[^", "[ ^"), "\\lt ");

/** The bracket that ends the text of a link stands before the parenthesis of its address. */
function link(span: string): string {
  const [, bang = "", words = "", url = ""] = /^(!?)\[([\s\S]*)\]\(\s*<?([^\s)>]*)/.exec(span) ?? [];
  if (bang || !/^(?:https?:\/\/|mailto:)/i.test(url)) return plain(words).replace(/(?<!\\)\[(?=\d+\])/g, "\\[");
  return `[${plain(words)}${withoutTags(span.slice(words.length + 1), "&lt;")}`;
}

const definition = (span: string) =>
  /^\s*\[(?!\^)[^\]]*\]:\s*<?(?:https?:\/\/|mailto:)/i.test(span)
    ? withoutTags(span, "&lt;")
    : `\\${plain(span.trimStart()).replace(/^\\/, "")}`;
