/** What XML 1.0 has no place for; a single one would make the file unreadable. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** A text as Word's XML can hold it. */
export const words = (text: string): string => text.toWellFormed().replace(forbidden, "");
