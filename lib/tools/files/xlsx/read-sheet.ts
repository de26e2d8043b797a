import type { NumberFormat } from "./number-format.ts";
import { shownNumber } from "./shown-number.ts";
import { walkXml } from "./walk-xml.ts";

export interface SheetContext {
  strings: readonly string[];
  formats: readonly NumberFormat[];
  from1904: boolean;
}

interface Cell {
  column: number;
  type: string;
  format: NumberFormat;
  value: string;
  formula: string;
}

/** Columns go to XFD. */
const maxColumns = 16_384;

/** Hands over the rows of a sheet as the sheet shows them. A formula that was never computed is shown as itself. */
export function readSheet(xml: string, context: SheetContext, add: (row: string[]) => void): void {
  let row: string[] = [];
  let cell: Cell | null = null;
  let into: "value" | "formula" | null = null;
  walkXml(xml, {
    open(name, attributes) {
      if (name === "row") row = [];
      if (name === "c") cell = startCell(attributes, row.length, context);
      if (name === "v" || (name === "t" && cell?.type === "inlineStr")) into = "value";
      if (name === "f") into = "formula";
    },
    text(text) {
      if (cell && into) cell[into] += text;
    },
    close(name) {
      if (name === "v" || name === "t" || name === "f") into = null;
      if (name === "c" && cell) {
        putCell(row, cell, context);
        cell = null;
      }
      if (name === "row") add(row);
    },
  });
}

const startCell = (
  { r: place = "", t: type = "n", s: style = "" }: Record<string, string>,
  next: number,
  { formats }: SheetContext,
): Cell => ({
  column: columnOf(place) ?? next,
  type,
  format: formats[Number(style)] ?? "plain",
  value: "",
  formula: "",
});

/** `C` of `C5` is 2; `null` for a place no sheet has. */
function columnOf(place: string): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(place)?.[0];
  if (!letters) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column <= maxColumns ? column - 1 : null;
}

function putCell(row: string[], cell: Cell, context: SheetContext): void {
  const shown = shownValue(cell, context);
  if (shown === "") return;
  while (row.length < cell.column) row.push("");
  row[cell.column] = shown;
}

function shownValue({ type, value, formula, format }: Cell, context: SheetContext): string {
  if (value === "" && formula !== "") return `=${formula}`;
  if (type === "s") return context.strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  return type === "n" ? shownNumber(value, format, context) : value;
}
