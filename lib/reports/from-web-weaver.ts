import { htmlToTable } from "./markdown/html-to-table.ts";

export interface WeaverReport {
  /** Markdown with marks: `[12]` for what the model wrote as `<qwen:cite id="id_12">…</qwen:cite>`. */
  markdown: string;
  /** What the model says that a piece of evidence says, in the order of the marks. Data, never shown as a quotation. */
  quotes: { numbers: number[]; text: string }[];
}

const cite = /<qwen:cite\s+id\s*=\s*["']?([^"'>]{0,400})["']?\s*>([^<]{0,4000})<\/qwen:cite\s*>/gi;
const takeaway = /<qwen:takeaway\b([^>]{0,200})>([\s\S]{0,8000}?)<\/qwen:takeaway\s*>/gi;
const table = /<table\b[^>]{0,400}>[\s\S]{0,60000}?<\/table\s*>/gi;
const leftOver = /<\/?qwen:[a-z]+\b[^>]{0,400}>/gi;

/**
 * The text of a WebWeaver model as Markdown with marks: its cite tags become numbers, its boxes a paragraph or a quotation, its HTML tables tables
 * of Markdown. A tag that is not closed, or names no evidence, goes and leaves its text. Pure; the numbers are resolved by `cite` like any others.
 */
export function fromWebWeaver(written: string): WeaverReport {
  const quotes: WeaverReport["quotes"] = [];
  const markdown = written
    .replace(cite, (_, ids: string, text: string) => {
      const numbers = [...new Set((ids.match(/\d{1,4}/g) ?? []).map(Number))];
      if (numbers.length > 0) quotes.push({ numbers, text: text.trim() });
      return numbers.map((n) => `[${n}]`).join("");
    })
    .replace(takeaway, (_, attributes: string, text: string) => box(text, /main/i.test(attributes)))
    .replace(table, (html) => htmlToTable(html) ?? html)
    .replace(leftOver, "");
  return { markdown: markdown.trim(), quotes };
}

/** The takeaway of the whole report is its first paragraph; that of a section stands apart. */
function box(text: string, isMain: boolean): string {
  const lines = text.trim().split("\n");
  return `\n${(isMain ? lines : lines.map((line) => `> ${line}`)).join("\n")}\n`;
}
