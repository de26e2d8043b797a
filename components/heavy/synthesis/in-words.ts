/** 1, 3 and 4. */
export function inWords(items: readonly (number | string)[]): string {
  const last = items.at(-1);
  return items.length < 2 ? String(last ?? "") : `${items.slice(0, -1).join(", ")} and ${last}`;
}
