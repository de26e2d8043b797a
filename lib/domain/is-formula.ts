/** Signs that formulas have and amounts of money have not. */
const texSign = /[\\^_={}<>|]/;
/** An amount with a word behind it: `5 and`, `100 million (US`. */
const amount = /^\s*[\d.,]+\s*(?:%|k|m|bn|b|tn|million|billion|trillion|thousand)?(?:[\s,;.:()/–—-]+\p{L}{2,}|$)/iu;
/** Three words in a row are a sentence. */
const prose = /\p{L}{2,}\s+\p{L}{2,}\s+\p{L}{2,}/u;

/**
 * Whether what stands between two single dollar signs is a formula and not the text between two amounts of money. The rules for the signs are
 * Pandoc's (no space inside them, no digit behind them); a number followed by words is money all the same. `behind`: the character after the second sign.
 */
export function isFormula(text: string, behind: string): boolean {
  if (text === "" || /^\s|\s$|\n/.test(text) || /\d/.test(behind)) return false;
  if (/\\[a-zA-Z]|[\^_]\{|[\^_]\w/.test(text)) return !/^\s*[\d.,]+\s+\p{L}{3,}\s/u.test(text);
  if (amount.test(text) && !/^\s*[\d.,]+\s*$/.test(text)) return false;
  if (texSign.test(text)) return !prose.test(text);
  return !/\p{L}{2,}\s+\p{L}{2,}/u.test(text) && !/[.!?。！？]\s/.test(text);
}
