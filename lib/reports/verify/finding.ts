/** What a comparison of a sentence with its passage came to, where something is amiss. */
export interface Finding {
  /** One plain sentence for the reader. */
  reason: string;
  /** The passage says the contrary, rather than nothing of it. */
  isContrary?: boolean;
}

const longestShown = 60;

/** Words of a text as a reason shows them: on one line, in quotation marks, short. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `“${line.length > longestShown ? `${[...line].slice(0, longestShown - 1).join("")}…` : line}”`;
}

/** What a sentence says at a place and what its passage says there; empty: nothing. */
export function says(sentence: string, passage: string): string {
  if (passage.trim() === "") return `The sentence says ${shown(sentence)}, the passage does not.`;
  if (sentence.trim() === "") return `The passage says ${shown(passage)}, the sentence does not.`;
  return `The passage says ${shown(passage)}, the sentence ${shown(sentence)}.`;
}
