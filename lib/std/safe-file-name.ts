import { withoutControlTags } from "./without-control-tags.ts";

/** In characters: beyond it a name is no longer read, and a line of it fills a screen. */
const longest = 200;
/** An ending longer than this is no file type, and is cut like the rest. */
const longestEnding = 12;

/**
 * The name of an uploaded file, fit to be stored, shown in one line and given to a model. Folders are dropped, and so is what cannot be seen or
 * changes the direction of writing ("invoice\u202Efdp.exe" reads as invoiceexe.pdf). The two joiners stay: Persian and Hindi need them.
 */
export function safeFileName(given: string): string {
  const seen = given
    .toWellFormed()
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/\p{Cc}|[^\P{Cf}\u200c\u200d]/gu, "");
  const last = seen.split(/[/\\]/).findLast((part) => part.trim() !== "") ?? "";
  const name = withoutControlTags(last.replace(/[<>]/g, "_")).trim();
  return /^\.*$/.test(name) ? "file" : shortened(name);
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= longest) return name;
  const ending = /\.[^.\s]+$/u.exec(name)?.[0] ?? "";
  const kept = [...ending].length <= longestEnding ? ending : "";
  return `${characters
    .slice(0, longest - 1 - [...kept].length)
    .join("")
    .trimEnd()}…${kept}`;
}
