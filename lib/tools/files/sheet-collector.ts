import { maxCharacters } from "#lib/tools/reader/tidy-text.ts";
import { counted } from "./counted.ts";
import { markdownTable } from "./markdown-table.ts";
import { rowCollector } from "./row-collector.ts";

/** Collects the sheets of a workbook, one after the other, as tables under their names. All share what one text can hold. */
export function sheetCollector() {
  const budget = { characters: maxCharacters };
  const sheets: { name: string; rows: ReturnType<typeof rowCollector> }[] = [];
  return {
    /** Takes the rows of the sheet that begins. */
    start(name: string): (row: string[]) => void {
      const rows = rowCollector(budget);
      sheets.push({ name, rows });
      return rows.add;
    },
    result() {
      const count = sheets.reduce((sum, { rows }) => sum + rows.count(), 0);
      return {
        text:
          count === 0 ? "" : sheets.map(({ name, rows }) => `## Sheet: ${name}\n\n${markdownTable(rows.rows) || "(empty)"}`).join("\n\n"),
        extent: `${counted(sheets.length, "sheet")}, ${counted(count, "row")}`,
        cut: sheets.some(({ rows }) => rows.isCut()),
      };
    },
  };
}
