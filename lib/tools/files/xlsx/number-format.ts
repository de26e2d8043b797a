import { walkXml } from "./walk-xml.ts";

export type NumberFormat = "plain" | "percent" | "date" | "time";

/** The formats every workbook has without saying so (ECMA-376, 18.8.30). */
const builtIn: [first: number, last: number, format: NumberFormat][] = [
  [9, 10, "percent"],
  [14, 17, "date"],
  [18, 21, "time"],
  [22, 22, "date"],
  [27, 31, "date"],
  [32, 35, "time"],
  [36, 36, "date"],
  [45, 47, "time"],
  [50, 58, "date"],
];

/** The format of each cell style, by the number cells refer to it with. */
export function numberFormats(xml: string): NumberFormat[] {
  const custom = new Map<string, NumberFormat>();
  const formats: NumberFormat[] = [];
  let inCellStyles = false;
  walkXml(xml, {
    open(name, attributes) {
      if (name === "numFmt") custom.set(attributes.numFmtId ?? "", formatOfCode(attributes.formatCode ?? ""));
      if (name === "cellXfs") inCellStyles = true;
      if (name === "xf" && inCellStyles) formats.push(custom.get(attributes.numFmtId ?? "") ?? builtInFormat(Number(attributes.numFmtId)));
    },
    close(name) {
      if (name === "cellXfs") inCellStyles = false;
    },
  });
  return formats;
}

const builtInFormat = (id: number): NumberFormat => builtIn.find(([first, last]) => id >= first && id <= last)?.[2] ?? "plain";

/** Quoted text, escaped characters and colours in brackets say nothing about the kind of a number. */
function formatOfCode(code: string): NumberFormat {
  const letters = code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "").toLowerCase();
  if (/[dy]/.test(letters) || /m{3,}/.test(letters)) return "date";
  if (/h|s|\[m/.test(letters)) return "time";
  return letters.includes("%") ? "percent" : "plain";
}
