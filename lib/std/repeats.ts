/** So much text has to be the same unit over and over. */
const length = 3_000;
/** At least so many times, so that the unit has at most 600 characters. */
const times = 5;

/** Whether a text ends in the same words over and over: its last 3,000 characters are one unit of at most 600, five times and more. */
export function repeats(text: string): boolean {
  if (text.length < length) return false;
  const end = text.slice(-length);
  return shortestPeriod(end) * times <= length;
}
repeats.window = length;

/** The shortest distance at which a text is equal to itself, by the borders of its prefixes (Knuth, Morris, Pratt): linear in its length. */
function shortestPeriod(text: string): number {
  const borders = new Uint16Array(text.length + 1);
  let border = 0;
  for (let index = 1; index < text.length; index++) {
    while (border > 0 && text[index] !== text[border]) border = borders[border] ?? 0;
    if (text[index] === text[border]) border++;
    borders[index + 1] = border;
  }
  return text.length - border;
}
