import { startsAsHtml } from "#lib/tools/reader/starts-as-html.ts";
import type { TextKind } from "./file-kind.ts";

const byExtension: Record<string, TextKind> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  html: "html",
  htm: "html",
  xhtml: "html",
  md: "markdown",
  markdown: "markdown",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
};
/** Which kind of text a valid text is: by its name, else by whether it begins as a web page. `head` is Latin-1. */
export function textKind(name: string, head: string): TextKind {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return byExtension[extension] ?? (startsAsHtml(head) ? "html" : "text");
}
