import { roughTokens } from "#lib/std/rough-tokens.ts";

/** No estimate has more of them, so what lies behind so many is never looked at. */
export const maxCharactersOfToken = 3;

/** The start of a text that has about so many tokens, ended at the end of a line or a word where one is near. */
export function firstTokens(text: string, tokens: number): string {
  const most = tokens * maxCharactersOfToken;
  if (text.length <= most && roughTokens(text) <= tokens) return text;
  let low = 0;
  let high = Math.min(text.length, most);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (roughTokens(text.slice(0, middle)) <= tokens) low = middle;
    else high = middle - 1;
  }
  const start = text.slice(0, low).toWellFormed();
  const near = start.length - Math.min(500, start.length / 10);
  const end = [start.lastIndexOf("\n"), start.lastIndexOf(" ")].find((index) => index >= near);
  return start.slice(0, end).trimEnd();
}
