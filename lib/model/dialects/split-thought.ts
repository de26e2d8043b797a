/**
 * Parts a finished turn into its thought and what is said after it.
 *
 * - With `</think>`, the last one ends the thought: tags that are merely thought about do nothing. A turn that has only the closing tag
 *   began in mid-thought, because the server put the opening one into the prompt.
 * - A thought that is opened and never closed ends where the turn ends in whole calls or in a whole answer: a thought that only mentions
 *   the tags goes on after them. Otherwise the thought is all there is.
 * - Without either tag, what stands before the first call or answer is the thought.
 */
export function splitThought(raw: string): { thought: string; rest: string } {
  const end = raw.lastIndexOf("</think>");
  if (end >= 0) return { thought: withoutOpening(raw.slice(0, end)), rest: raw.slice(end + "</think>".length) };
  const move = raw.includes("<think>") ? trailingMove(raw) : raw.search(/<tool_call>|<answer>/);
  if (move >= 0) return { thought: withoutOpening(raw.slice(0, move)), rest: raw.slice(move) };
  const open = raw.indexOf("<think>");
  if (open >= 0) return { thought: raw.slice(open + "<think>".length).trim(), rest: raw.slice(0, open) };
  return { thought: "", rest: raw };
}

const withoutOpening = (text: string) => text.replace(/^\s*<think>/, "").trim();

const onlyCalls = /^(?:<tool_call>(?:(?!<\/tool_call>)[\s\S])*<\/tool_call>\s*)+$/;
const onlyAnswer = /^<answer>(?:(?!<\/answer>)[\s\S])*<\/answer>\s*$/;
/** Nobody asks for more at once; what has more tags than this is not looked through for where it could begin. */
const mostTags = 32;

/** Where the calls or the answer begin that a turn ends with, each with both of its tags; negative when it ends otherwise. */
export function trailingMove(raw: string): number {
  const starts = [...raw.matchAll(/<tool_call>|<answer>/g)].map((match) => match.index).slice(-mostTags);
  return starts.find((start) => onlyCalls.test(raw.slice(start)) || onlyAnswer.test(raw.slice(start))) ?? -1;
}
