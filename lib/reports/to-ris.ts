import type { Report } from "#lib/domain/report.ts";
import { oneLine } from "#lib/std/one-line.ts";
import { entriesOf } from "./bibliographies/entry.ts";

/** The cited sources as RIS, for EndNote, Citavi and others. A field is one line, so line ends in it are spaces. */
export function toRis(report: Report): string {
  return entriesOf(report)
    .map(({ key, title, site, url, read, note }) => {
      const lines = [
        ["TY", "ELEC"],
        ["ID", key],
        ["TI", title],
        ["T2", site],
        ...(url === null ? [] : [["UR", url]]),
        ["Y2", read.replaceAll("-", "/")],
        ["N1", note],
        ["ER", ""],
      ];
      return lines.map(([tag, value]) => `${tag}  - ${oneLine(value ?? "")}\r\n`).join("");
    })
    .join("\r\n");
}
