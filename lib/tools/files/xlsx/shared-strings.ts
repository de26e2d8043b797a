import { walkXml } from "./walk-xml.ts";

/** The texts that cells refer to by number. Readings of Chinese characters, which a sheet keeps beside them, are left out. */
export function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let current = "";
  let inText = false;
  let inReading = false;
  walkXml(xml, {
    open(name) {
      if (name === "si") current = "";
      if (name === "rPh") inReading = true;
      if (name === "t") inText = true;
    },
    text(text) {
      if (inText && !inReading) current += text;
    },
    close(name) {
      if (name === "t") inText = false;
      if (name === "rPh") inReading = false;
      if (name === "si") strings.push(current);
    },
  });
  return strings;
}
