import type { PageSeen } from "./read-conversation.ts";

/** A source and its number in the run, which all lanes share. */
export interface RunNumber {
  n: number;
  url: string;
}

/** The lines `[n] address` of a text. */
export const numbersIn = (text: string): RunNumber[] =>
  [...text.matchAll(/^\[(\d+)\] (.+)$/gm)].map(([, n, url = ""]) => ({ n: Number(n), url }));

/**
 * Pages with the numbers of the run. A page stands under the address it was asked for and its source under the one that it came from, so
 * those that do not match are matched in their order, which is the same. A page without a number cannot be cited, and goes.
 */
export function withRunNumbers(pages: readonly PageSeen[], numbers: readonly RunNumber[]): PageSeen[] {
  const left = numbers.filter(({ url }) => !pages.some((page) => page.url === url));
  return pages.flatMap((page) => {
    const n = (numbers.find(({ url }) => url === page.url) ?? left.shift())?.n;
    return n === undefined ? [] : [{ ...page, n }];
  });
}
