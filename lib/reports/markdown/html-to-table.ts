import { Parser } from "htmlparser2";

/** Rows and columns beyond which a table is no table. */
const most = { rows: 400, columns: 40 };

/** An HTML table as one of Markdown, with its caption above it; null where it holds no cells. Only its words are taken over. */
export function htmlToTable(html: string): string | null {
  const rows: string[][] = [];
  let caption = "";
  let text: string | null = null;
  let isCaption = false;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (name === "tr") rows.push([]);
        if (name === "td" || name === "th" || name === "caption") {
          text = "";
          isCaption = name === "caption";
        }
        if (name === "br" && text !== null) text += " ";
      },
      ontext(data) {
        if (text !== null) text += data;
      },
      onclosetag(name) {
        if (text === null || !(name === "td" || name === "th" || name === "caption")) return;
        if (isCaption) caption = cellText(text);
        else rows.at(-1)?.push(cellText(text));
        text = null;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const filled = rows.filter((row) => row.length > 0).slice(0, most.rows);
  const width = Math.min(most.columns, Math.max(0, ...filled.map((row) => row.length)));
  if (width === 0) return null;
  const lines = filled.map((row) => `| ${Array.from({ length: width }, (_, column) => row[column] ?? "").join(" | ")} |`);
  lines.splice(1, 0, `|${" --- |".repeat(width)}`);
  return `\n${caption ? `${caption}\n\n` : ""}${lines.join("\n")}\n`;
}

const cellText = (text: string) =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<!\\)\|/g, "\\|");
