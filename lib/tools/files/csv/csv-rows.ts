/**
 * The rows of a text of delimited values, one at a time. Quotes as in RFC 4180, in one pass; a quote inside an unquoted cell is a
 * character, and a cell whose quote never ends goes to the end of the text.
 */
export function* csvRows(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = [];
  let position = 0;
  const special = new RegExp(`[\\r\\n${delimiter === "\t" ? "\\t" : `\\${delimiter}`}]`, "g");
  while (position <= text.length) {
    const cell = text[position] === '"' ? quotedCell(text, position) : { text: "", end: position };
    special.lastIndex = cell.end;
    const end = special.exec(text)?.index ?? text.length;
    row.push(cell.text + text.slice(cell.end, end));
    position = end + 1;
    if (text[end] === delimiter) continue;
    if (text[end] === "\r" && text[position] === "\n") position++;
    if (position <= text.length || row.length > 1 || row[0] !== "") yield row;
    row = [];
  }
}

/** `end` is behind the closing quote. */
function quotedCell(text: string, start: number): { text: string; end: number } {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { text: parts.join("") + text.slice(from), end: text.length };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { text: parts.join(""), end: quote + 1 };
    parts.push('"');
    from = quote + 2;
  }
}
