/** Characters of scripts written without spaces: about one and a half to a token, where other text has four and more. */
const dense = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;

/**
 * About how many tokens a text has, erring on the high side: three characters of most scripts a token, one and a half of Chinese, Japanese
 * and Korean. For what a server has not counted yet; three for all would take a Chinese page for half its size.
 */
export function roughTokens(text: string): number {
  const denseCharacters = text.match(dense)?.length ?? 0;
  return Math.ceil(denseCharacters / 1.5 + (text.length - denseCharacters) / 3);
}
