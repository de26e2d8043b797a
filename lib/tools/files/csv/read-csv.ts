import { counted } from "#lib/tools/files/counted.ts";
import type { FileText } from "#lib/tools/files/file-text.ts";
import { markdownTable } from "#lib/tools/files/markdown-table.ts";
import { rowCollector } from "#lib/tools/files/row-collector.ts";
import { decodeText } from "#lib/tools/reader/decode-text.ts";
import { csvRows } from "./csv-rows.ts";
import { sniffDelimiter } from "./sniff-delimiter.ts";

/** A table of values as a Markdown table with all its rows. */
export function readCsv(bytes: Uint8Array, kind: "csv" | "tsv"): FileText & { cut: boolean } {
  const text = decodeText(bytes, "").replace(/^\ufeff/, "");
  const collector = rowCollector();
  for (const row of csvRows(text, kind === "tsv" ? "\t" : sniffDelimiter(text))) collector.add(row);
  return { ok: true, title: "", text: markdownTable(collector.rows), extent: counted(collector.count(), "row"), cut: collector.isCut() };
}
