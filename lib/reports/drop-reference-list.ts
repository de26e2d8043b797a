const heading =
  /^\s*(?:#{1,6}\s*|\*\*|__)?(?:\d+[.)]\s*)?(?:references?|sources?|bibliography|citations?|works cited|notes|reference list|source list|参考文献|参考资料|参考来源|参考|来源|引用来源|资料来源|引用|注释)\s*(?:\*\*|__)?\s*[:：]?\s*(?:\*\*|__)?\s*$/i;
const entry = /^\s*(?:[-*+•]\s+)?(?:\*\*)?(?:\[\^?\d{1,3}\]|【\d{1,3}】|\d{1,3}[.)]|\(\d{1,3}\))(?:\*\*)?:?\s+\S/;
const address = /https?:\/\/|www\.|\]\(|<[a-z]+:\/\//i;
const definition = /^\s{0,3}\[\^?\d{1,3}\]:\s*\S/;

/** What models put behind their list: a rule, or words of farewell behind a rule or in brackets. */
const closing = /\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*(?:\n\s*([^\n#|>][^\n]*))?\s*$|\n[ \t]*\n([（(][^\n]*[）)])\s*$/;

/**
 * The answer without the reference list at its end, because the report has its own: a heading that says so with nothing but numbered or linked
 * entries below it, or entries with addresses without a heading. Where it is not clearly such a list, nothing goes.
 */
export const dropReferenceList = (answer: string): string => splitReferenceList(answer).prose;

/** The answer and the reference list at its end apart; the list is empty where there is none. What follows the list stays with the answer. */
export function splitReferenceList(answer: string): { prose: string; list: string } {
  const split = atEnd(answer, false);
  if (split) return split;
  const farewell = closing.exec(answer);
  const before = farewell && atEnd(answer.slice(0, farewell.index), true);
  if (!before) return { prose: answer, list: "" };
  const words = farewell[1] ?? farewell[2];
  return { list: before.list, prose: words ? `${before.prose}\n\n${words.trim()}` : before.prose };
}

function atEnd(answer: string, isTitled: boolean): { prose: string; list: string } | null {
  const lines = answer.trimEnd().split("\n");
  let first = lines.length;
  while (first > 0 && isEntry(lines[first - 1] ?? "")) first--;
  const listed = lines.slice(first).filter((line) => line.trim() !== "");
  if (listed.length === 0) return null;
  const titled = heading.test(lines[first - 1] ?? "");
  const clear =
    titled ||
    (!isTitled &&
      (listed.every((line) => definition.test(line)) ||
        (listed.length > 1 && listed.every((line) => entry.test(line) && address.test(line)))));
  if (!clear) return null;
  const prose = lines
    .slice(0, titled ? first - 1 : first)
    .join("\n")
    .replace(/\n\s*(?:-{3,}|\*{3,}|_{3,})?\s*$/, "")
    .trimEnd();
  return { prose, list: listed.join("\n") };
}

const isEntry = (line: string) =>
  line.trim() === "" ||
  entry.test(line) ||
  definition.test(line) ||
  (/^\s*(?:[-*+•]\s+)?\S/.test(line) && address.test(line) && /^\s*(?:[-*+•]\s+)?(?:\[|<|https?:)/.test(line));
