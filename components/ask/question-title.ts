const longest = 80;

/** The title a session gets from its first question: its first line, cut at a word. */
export function questionTitle(question: string): string {
  const line = question.trim().split("\n")[0]?.trim() ?? "";
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, "")}…`;
}
