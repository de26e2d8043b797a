import type { Report } from "#lib/domain/report.ts";
import { entriesOf } from "./bibliographies/entry.ts";

/** The cited sources as BibTeX: `@online` of biblatex, with the same things in `note` and `howpublished` for older styles. */
export function toBibtex(report: Report): string {
  return entriesOf(report)
    .map(({ key, title, site, url, read, note }) => {
      const fields: [string, string][] = [
        ["title", `{${escaped(title)}}`],
        ["organization", escaped(site)],
        ...(url === null ? [] : ([["url", address(url)]] as [string, string][])),
        ["urldate", read],
        ["note", escaped(`${note}. Read ${read}`)],
      ];
      return `@online{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},`).join("\n")}\n}\n`;
    })
    .join("\n");
}

const signs: Record<string, string> = {
  "\\": "\\textbackslash{}",
  $: "\\$",
  "&": "\\&",
  "%": "\\%",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Text in which no sign is a command of TeX. Braces are in pairs: escaped ones count for BibTeX, so they are written by name. */
const escaped = (text: string) => text.replace(/[\\{}$&%#_~^]/g, (sign) => named[sign] ?? signs[sign] ?? sign);
const named: Record<string, string> = { "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };

/** An address keeps its signs, but for those that would end the field. */
const address = (url: string) => url.replace(/[{}\\\s]/g, encodeURIComponent);
