import { oneLine } from "#lib/std/one-line.ts";

/**
 * Rows as a Markdown table, the first one its head. Empty rows, columns that are empty everywhere and the empty end of a row are left out:
 * one stray cell at the far end of a sheet would make every row 16,384 cells long. Empty for no cells.
 */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const used = usedColumns(rows);
  const [head, ...body] = rows.filter((row) => row.some(Boolean));
  if (head === undefined) return "";
  const first = lineOf(used.map((column) => head[column] ?? ""));
  return [first, lineOf(used.map(() => "---")), ...body.map((row) => lineOf(cellsOf(row, used)))].join("\n");
}

function cellsOf(row: readonly string[], used: readonly number[]): string[] {
  const last = row.findLastIndex(Boolean);
  const cells: string[] = [];
  for (const column of used) {
    if (column > last) break;
    cells.push(row[column] ?? "");
  }
  return cells;
}

function usedColumns(rows: readonly (readonly string[])[]): number[] {
  const used = new Set<number>();
  for (const row of rows) for (const column of row.keys()) if (row[column]) used.add(column);
  return [...used].sort((one, other) => one - other);
}

const lineOf = (cells: string[]) => `| ${cells.map((cell) => oneLine(cell).replaceAll("|", "\\|")).join(" | ")} |`;
