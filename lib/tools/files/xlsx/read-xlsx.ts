import { type FileFailure, fileFailure } from "#lib/tools/files/file-failure.ts";
import type { FileText } from "#lib/tools/files/file-text.ts";
import { sheetCollector } from "#lib/tools/files/sheet-collector.ts";
import { numberFormats } from "./number-format.ts";
import { readSheet } from "./read-sheet.ts";
import { sharedStrings } from "./shared-strings.ts";
import { readWorkbook } from "./workbook.ts";
import { zipParts } from "./zip-parts.ts";

/**
 * An Excel workbook with all its sheets as tables. Read here and not by officeparser, which shows days as numbers (45000 for 15 March 2023),
 * loses the names of sheets, and holds a tree of every cell.
 */
export async function readXlsx(bytes: Uint8Array): Promise<(FileText & { cut: boolean }) | FileFailure> {
  const opened = await zipParts(bytes);
  if (!opened.ok) return opened;
  const { parts } = opened;
  const workbook = await readWorkbook(parts);
  if (workbook === null || workbook.sheets.length === 0) return fileFailure("damaged", "it has no list of sheets");
  const { related, from1904 } = workbook;
  const strings = sharedStrings((await parts(related.get("sharedStrings") ?? "xl/sharedStrings.xml")) ?? "");
  const formats = numberFormats((await parts(related.get("styles") ?? "xl/styles.xml")) ?? "");
  const collector = sheetCollector();
  for (const { name, part } of workbook.sheets) {
    const add = collector.start(name);
    const sheet = await parts(part);
    if (sheet === null) return fileFailure("damaged", `its sheet ${name} cannot be unpacked`);
    readSheet(sheet, { strings, formats, from1904 }, add);
  }
  return { ok: true, title: "", ...collector.result() };
}
