/** Hashes kept of a text: 256 estimate the share of shingles that two texts have in common within about .03; 1 KB a text. */
const kept = 256;
/** Tokens in a row that make a shingle: five words are rarely the same by chance. A Chinese word is about two characters, so there ten. */
const shingleLength = 5;
const shingleCharacters = 10;
/** Of fewer shingles than this, chance and boilerplate make most: such texts are nobody's copies. */
const leastShingles = 30;

/** A text as the smallest hashes of its shingles: 4 bytes with how many different shingles it has, then the hashes in order. */
export type Sketch = Uint8Array;

/** The sketch of a text. Case, white space and punctuation do not enter; works for Chinese and Japanese. */
export function sketchOf(text: string): Sketch {
  const hashes = shingleHashes(text);
  hashes.sort();
  let different = 0;
  for (let index = 0; index < hashes.length; index++)
    if (index === 0 || hashes[index] !== hashes[index - 1]) hashes[different++] = hashes[index] ?? 0;
  const view = new DataView(new ArrayBuffer(4 + 4 * Math.min(different, kept)));
  view.setUint32(0, different);
  for (let index = 0; index < Math.min(different, kept); index++) view.setUint32(4 + 4 * index, hashes[index] ?? 0);
  return new Uint8Array(view.buffer);
}

/** How much of what either says both say, and how much of the shorter one stands in the longer one: 0 to 1, estimated. */
export interface Likeness {
  shared: number;
  contained: number;
}

/** How alike two texts are, from their sketches alone. Nothing alike where one of them is too short to tell. */
export function likeness(one: Sketch, other: Sketch): Likeness {
  const [first, second] = [read(one), read(other)];
  const shorter = Math.min(first.count, second.count);
  if (shorter < leastShingles) return { shared: 0, contained: 0 };
  const { common, seen } = overlap(first.hashes, second.hashes);
  const shared = common / Math.max(1, seen);
  const both = (shared / (1 + shared)) * (first.count + second.count);
  return { shared, contained: Math.min(1, both / shorter) };
}

/** Whether two texts are one with other surroundings: see decision 022 for how the numbers were found. */
export function isCopy(one: Sketch, other: Sketch): boolean {
  const { shared, contained } = likeness(one, other);
  return shared >= 0.4 || (shared >= 0.15 && contained >= 0.6);
}

/** Of the smallest hashes of both together, those that both have. */
function overlap(one: Uint32Array, other: Uint32Array): { common: number; seen: number } {
  let [left, right, common, seen] = [0, 0, 0, 0];
  while (seen < kept && (left < one.length || right < other.length)) {
    const [a, b] = [one[left] ?? Number.POSITIVE_INFINITY, other[right] ?? Number.POSITIVE_INFINITY];
    if (a === b) common++;
    if (a <= b) left++;
    if (b <= a) right++;
    seen++;
  }
  return { common, seen };
}

function read(sketch: Sketch): { count: number; hashes: Uint32Array } {
  if (sketch.byteLength < 4) return { count: 0, hashes: new Uint32Array() };
  const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength);
  const hashes = new Uint32Array(Math.floor(sketch.byteLength / 4) - 1);
  for (let index = 0; index < hashes.length; index++) hashes[index] = view.getUint32(4 + 4 * index);
  return { count: view.getUint32(0), hashes };
}

const token = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]+/gv;

function shingleHashes(text: string): Uint32Array {
  const { hashes, cjk } = tokensOf(text.normalize("NFKC").toLowerCase());
  const found: number[] = [];
  for (let start = 0; start < hashes.length; start++) {
    const end = start + (cjk[start] ? shingleCharacters : shingleLength);
    if (end > hashes.length) continue;
    let hash = 0x811c9dc5;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ (hashes[index] ?? 0), 0x5bd1e995) ^ (hash >>> 15);
    found.push(mixed(hash));
  }
  return Uint32Array.from(found);
}

function tokensOf(text: string): { hashes: number[]; cjk: boolean[] } {
  const [hashes, cjk]: [number[], boolean[]] = [[], []];
  for (const [word] of text.matchAll(token)) {
    let hash = 0x811c9dc5;
    for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
    hashes.push(mixed(hash));
    cjk.push(isCjk(word));
  }
  return { hashes, cjk };
}

/** From the first kana to the last Han character of the basic plane, and beyond it: Hangul, whose words have spaces, stands apart. */
function isCjk(word: string): boolean {
  const code = word.charCodeAt(0);
  return (code >= 0x3040 && code <= 0x9fff) || (code >= 0xd840 && code <= 0xd8ff) || (code >= 0xf900 && code <= 0xfaff);
}

/** The last step of MurmurHash3: every bit of the result hangs on every bit of the number. */
function mixed(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
