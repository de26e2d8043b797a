const two = "@min-[44rem]/lanes:grid-cols-2";
const three = `${two} @min-[60rem]/lanes:grid-cols-3`;
const four = `${two} @min-[66rem]/lanes:grid-cols-4`;

/** Up to four lanes side by side, as far as there is room; five, six and nine in rows of three. */
export function columnsFor(lanes: number): string {
  if (lanes === 2) return two;
  return lanes === 3 || lanes === 5 || lanes === 6 || lanes === 9 ? three : four;
}
