import type { OfficeContentNode, OfficeParserAST } from "officeparser";
import { sheetCollector } from "#lib/tools/files/sheet-collector.ts";

/** The sheets of an OpenDocument spreadsheet, with the values as the sheet shows them. */
export function spreadsheetText(document: OfficeParserAST) {
  const collector = sheetCollector();
  document.content.forEach((sheet, index) => {
    if (sheet.type !== "sheet") return;
    const add = collector.start(sheet.metadata?.sheetName ?? `${index + 1}`);
    for (const row of sheet.children ?? []) add(cellsOf(row));
  });
  return collector.result();
}

/** Each cell in its column: the parser leaves out empty ones. */
function cellsOf(row: OfficeContentNode): string[] {
  const cells: string[] = [];
  for (const cell of row.children ?? []) {
    if (cell.type !== "cell") continue;
    const column = cell.metadata?.col ?? cells.length;
    while (cells.length < column) cells.push("");
    cells[column] = cell.text ?? "";
  }
  return cells;
}
