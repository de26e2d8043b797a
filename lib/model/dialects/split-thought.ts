/**
 * Parts a finished turn into its thought and what is said after it.
 *
 * - With `</think>`, the last one ends the thought: tags that are merely thought about do nothing. A turn that has only the closing tag
 *   began in mid-thought, because the server put the opening one into the prompt.
 * - Without it, a turn that ends in whole calls or in a whole answer ends its thought where they begin: a thought that only mentions
 *   the tags goes on after them. Otherwise an opened thought is all there is.
 */
export function splitThought(raw: string): { thought: string; rest: string } {
  const end = raw.lastIndexOf("</think>");
  if (end >= 0) return { thought: withoutOpening(raw.slice(0, end)), rest: raw.slice(end + "</think>".length) };
  const move = trailingMove(raw);
  if (move !== null) return { thought: withoutOpening(raw.slice(0, move)), rest: raw.slice(move) };
  const open = raw.indexOf("<think>");
  if (open >= 0) return { thought: raw.slice(open + "<think>".length).trim(), rest: raw.slice(0, open) };
  return { thought: "", rest: raw };
}

const withoutOpening = (text: string) => text.replace(/^\s*<think>/, "").trim();

/** Where the calls or the answer begin that the turn ends with, each with both of its tags; null when it ends otherwise. */
function trailingMove(raw: string): number | null {
  const text = raw.trimEnd();
  if (text.endsWith("</answer>")) return indexOrNull(text.lastIndexOf("<answer>"));
  let start: number | null = null;
  for (let before = text; before.endsWith("</tool_call>"); ) {
    const open = before.lastIndexOf("<tool_call>");
    if (open < 0) break;
    start = open;
    before = before.slice(0, open).trimEnd();
  }
  return start;
}

const indexOrNull = (index: number) => (index < 0 ? null : index);
