const digits = new Map([..."〇一二三四五六七八九"].map((character, value) => [character, value]));
for (const [character, value] of [
  ["零", 0],
  ["两", 2],
  ["壹", 1],
  ["贰", 2],
  ["叁", 3],
  ["肆", 4],
  ["伍", 5],
  ["陆", 6],
  ["柒", 7],
  ["捌", 8],
  ["玖", 9],
] as const) {
  digits.set(character, value);
}
const places = new Map([
  ["十", 10],
  ["拾", 10],
  ["百", 100],
  ["佰", 100],
  ["千", 1_000],
  ["仟", 1_000],
]);
const groups = new Map([
  ["万", 1e4],
  ["亿", 1e8],
]);

/** The value of a number written in Chinese: 三百二十 is 320, 一万二千 12,000, 二〇二四 2024; null when the characters make no number. */
export function chineseNumber(written: string): number | null {
  const characters = [...written];
  if (characters.length === 0) return null;
  if (characters.every((each) => digits.has(each))) return characters.reduce((sum, each) => sum * 10 + (digits.get(each) ?? 0), 0);
  let [total, group, digit] = [0, 0, null as number | null];
  for (const each of characters) {
    const [value, place, size] = [digits.get(each), places.get(each), groups.get(each)];
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = value;
    } else if (place !== undefined) {
      group += (digit ?? (group === 0 ? 1 : 0)) * place;
      digit = null;
    } else if (size !== undefined) {
      const section = group + (digit ?? 0);
      total = size === 1e8 ? (total + section) * size : total + section * size;
      group = 0;
      digit = null;
      if (total === 0) return null;
    } else return null;
  }
  return total + group + (digit ?? 0);
}
