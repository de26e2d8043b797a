import { basename, extname } from "node:path";
import { htmlText } from "./html-text.ts";

export interface PlainDocument {
  url: string | null;
  title: string;
  text: string;
}

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** A file that is one document. Its title and address come from front matter, else the title from the first heading, else from its name. */
export function plainDocument(path: string, content: string): PlainDocument {
  const name = basename(path, extname(path)).replace(/[_-]+/g, " ").trim();
  if (extname(path).toLowerCase() === ".html") {
    const { title, text } = htmlText(content);
    return { url: null, title: title || firstHeading(text) || name, text };
  }
  const header = frontMatter.exec(content);
  const text = header ? content.slice(header[0].length).trimStart() : content;
  const field = (key: string) => headerField(header?.[1] ?? "", key);
  const url = field("url") ?? field("source");
  return { url: url && URL.canParse(url) ? url : null, title: field("title") ?? (firstHeading(text) || name), text };
}

function headerField(header: string, key: string): string | undefined {
  const value = new RegExp(`^${key}:[ \\t]*(.+)$`, "im").exec(header)?.[1]?.trim();
  return value?.replace(/^(["'])(.*)\1$/, "$2") || undefined;
}

const firstHeading = (text: string) => (/^#{1,3}\s+(.+?)\s*#*$/m.exec(text.slice(0, 5_000))?.[1] ?? "").replace(/[*_`]/g, "");
