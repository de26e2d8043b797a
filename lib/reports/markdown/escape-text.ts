/** Text from a page or a person inside Markdown of ours: its own markup stays letters. */
export const escapeText = (text: string): string =>
  text.replace(/[\\`*_[\]<>#|!~$&]/g, "\\$&").replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, "$1\\$2");
