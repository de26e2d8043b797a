import { entityMarks } from "./entity-marks.ts";
import { extractArticle } from "./extract-article.ts";
import { plainStrip } from "./plain-strip.ts";
import { tameHtml } from "./tame-html.ts";
import { toMarkdown } from "./to-markdown.ts";

export interface HtmlText {
  title: string;
  text: string;
  /** Whether the page had more text than was kept. */
  cut: boolean;
}

/** A page as Markdown: its main content, or all of it where no main content can be made out. */
export function readHtml(html: string, url: string): HtmlText {
  const page = tameHtml(html, url);
  const article = attempt(() => extractArticle(page, url));
  const markdown = article ? attempt(() => toMarkdown(article.html, url)) : null;
  const text = hasText(markdown) ? markdown : wholePage(entityMarks.toHtml(page.html), url);
  return { title: article?.title || page.title, text, cut: page.cut };
}

/** The whole page as Markdown, in time linear in its length whatever it holds: for pages the extraction did not survive. */
export function readHtmlSimply(html: string, url: string): HtmlText {
  const title = /<title[^>]{0,200}>([^<]{0,1000})/i.exec(html)?.[1] ?? "";
  return { title: plainStrip(`<p>${title}`), text: wholePage(html, url), cut: false };
}

const hasText = (text: string | null): text is string => text !== null && /[\p{L}\p{N}]/u.test(text);

function wholePage(html: string, url: string): string {
  const markdown = attempt(() => toMarkdown(html, url));
  return hasText(markdown) ? markdown : plainStrip(html);
}

/** Parsers of other people throw on hostile pages (deep recursion, wasm traps); the next, simpler one is tried instead. */
function attempt<T>(parse: () => T): T | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
