const cjk = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
const letters = /\p{L}/gu;

/** Whether most letters of the text are Chinese or Japanese characters. A character says about as much as two Latin letters. */
export function isMostlyCjk(text: string): boolean {
  const characters = text.match(cjk)?.length ?? 0;
  return characters * 3 > (text.match(letters)?.length ?? 0);
}
