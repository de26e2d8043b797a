import { sentences } from "#lib/std/sentences.ts";

const endOfSentence = /[.!?:;。！？：；…]["'”’)\]]*$/;
/** Small letters, and letters of scripts without capitals. */
const midSentence = /^[\p{Ll}\p{Lo}]/u;
const cjk = /[\u2e80-\u9fff\uac00-\ud7af]/;
/** No sentence is longer; what is, is no sentence. */
const longestRest = 600;

/**
 * Puts pages together, each under a line `[page 3]`. A sentence that goes over the end of a page is kept whole on the page where it
 * begins, so that it can be found and quoted as one: the mark comes after it.
 */
export function joinPages(pages: readonly string[]): string {
  const parts: string[] = [];
  pages.forEach((page, index) => {
    const before = parts.at(-1);
    const rest = before === undefined ? "" : restOfSentence(pages[index - 1] ?? "", page);
    if (before !== undefined && rest !== "") parts[parts.length - 1] = `${before}${glue(before, rest)}${rest}`;
    parts.push(`[page ${index + 1}]\n\n${page.slice(rest.length).trim()}`.trim());
  });
  return parts.join("\n\n");
}

/** The start of a page as far as it ends the last sentence of the page before; empty when that one had ended. */
function restOfSentence(before: string, page: string): string {
  const lastLine = before.slice(before.lastIndexOf("\n") + 1).trimEnd();
  if (lastLine === "" || endOfSentence.test(lastLine) || !midSentence.test(page)) return "";
  const first = sentences(page.slice(0, longestRest * 2))[0];
  const rest = first && first.start === 0 && first.end <= longestRest ? page.slice(0, first.end) : "";
  return endOfSentence.test(rest) ? rest : "";
}

const glue = (before: string, rest: string) => (cjk.test(before.slice(-1)) && cjk.test(rest[0] ?? "") ? "" : " ");
