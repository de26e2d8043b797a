/** What stands before the sections of a report and after them. */
export interface Closing {
  takeaway: string;
  /** Null: nothing stayed open. */
  gaps: { heading: string; items: string } | null;
}

export const gapsHeading = "What could not be found";

const label = /^[ \t]*(?:#{1,6}[ \t]+)?\**takeaway\**[ \t]*[:：][ \t]*\**/i;
const second = /^[ \t]*(?:#{1,6}[ \t]+)?\**not found\**[ \t]*[:：]?[ \t]*\**[ \t]*(.*)$/im;

/** Reads a closing as models write it. Null: it has no takeaway. */
export function readClosing(written: string): Closing | null {
  const found = second.exec(written);
  const takeaway = (found ? written.slice(0, found.index) : written).trim().replace(label, "").trim();
  if (takeaway === "") return null;
  const items = found ? written.slice(found.index + found[0].length).trim() : "";
  const heading = (found?.[1] ?? "").replace(/[*_#`“”"「」]+/g, "").trim();
  const isHeading = heading !== "" && heading.length <= 60 && !/[.。]$/.test(heading);
  const told = isHeading ? items : [heading, items].filter(Boolean).join("\n").trim();
  if (told === "" || /^[-*\s]*(?:none|nothing|无|没有)[.。]?$/i.test(told)) return { takeaway, gaps: null };
  return { takeaway, gaps: { heading: isHeading ? heading : gapsHeading, items: asList(told) } };
}

const asList = (text: string): string =>
  /^\s*(?:[-*+]|\d{1,2}[.)])\s/m.test(text)
    ? text
    : text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => `- ${line.trim()}`)
        .join("\n");
