import { maxCharacters } from "#lib/tools/reader/tidy-text.ts";

/** Of the bars between cells. */
const charactersBetween = 3;

/** Keeps the rows of tables as far as a text can hold them, and counts all of them. The budget may be shared by several. */
export function rowCollector(budget = { characters: maxCharacters }) {
  const rows: string[][] = [];
  let count = 0;
  let cut = false;
  return {
    rows,
    add(row: string[]) {
      if (!row.some(Boolean)) return;
      count++;
      const kept = cellsWithin(row, budget.characters);
      if (kept.length > 0) rows.push(kept);
      cut ||= kept.length < row.length;
      budget.characters -= row.reduce((sum, cell) => sum + cell.length + charactersBetween, 0);
    },
    count: () => count,
    /** Whether there was more than was kept. */
    isCut: () => cut,
  };
}

/** The first cells of a row; a single cell that is too long is shortened, so that one endless line does not come to nothing. */
function cellsWithin(row: string[], characters: number): string[] {
  let left = characters;
  const kept: string[] = [];
  for (const cell of row) {
    if (left <= charactersBetween) break;
    kept.push(cell.slice(0, left));
    left -= cell.length + charactersBetween;
  }
  return kept;
}
