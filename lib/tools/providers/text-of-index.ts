/** An abstract of more words than this is a whole document. */
const mostWords = 2_000;

/** The text of an inverted index, which holds the places of each word: `{"cats": [1], "Two": [0]}`. */
export function textOfIndex(index: Readonly<Record<string, readonly number[]>>): string {
  const words: string[] = [];
  for (const [word, places] of Object.entries(index))
    for (const place of places) if (Number.isInteger(place) && place >= 0 && place < mostWords) words[place] = word;
  return words.filter((word) => word !== undefined).join(" ");
}
