/** A text reduced to what a reader would call its words, with the way back: `starts[i]` and `ends[i]` bound the source of character i. */
export interface Projection {
  text: string;
  starts: number[];
  ends: number[];
}

const space = /\s/u;
const ignored = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
const wordCharacter = /[\p{L}\p{N}]/u;
const spacedScript = /[[\p{L}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]]/v;
const asciiPunctuation = /[!-/:-@[-`{-~]/;
const link = /!?\[((?:[^\][\n\\]|\\.)*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\)/y;
const footnote = /\[\^?\d{1,3}\]/y;
const lineMarker = /[ \t]*(?:#{1,6}|>|[-*+•])[ \t]+/y;
const alike = new Map<string, string>(
  [
    ["'", "‘’‚‛′`´"],
    ['"', "“”„‟″«»「」『』〝〞"],
    ["-", "‐‑‒–—―−﹣"],
    // The full stop and the comma of lists as Chinese and Japanese write them, and the dot inside a foreign name.
    [".", "。"],
    [",", "、"],
    ["·", "•‧∙・"],
  ].flatMap(([plain = "", variants = ""]) => [...variants].map((variant): [string, string] => [variant, plain])),
);

/**
 * Projects a Markdown text on its words, digits and punctuation in one case and one width. White space is one space, and none beside
 * Chinese or Japanese; typographic quotes and dashes are plain; emphasis, link targets, footnote numbers and escapes are gone. No word
 * and no digit ever changes: ² stays ², a * between digits stays.
 */
export function project(source: string): Projection {
  const units: Units = { text: [], starts: [], ends: [] };
  projectRange(source, { start: 0, end: source.length }, units);
  return { ...units, text: units.text.join("") };
}

/** The projection while it grows, one UTF-16 unit an entry. */
type Units = Omit<Projection, "text"> & { text: string[] };

function projectRange(source: string, range: { start: number; end: number }, into: Units): void {
  let index = range.start;
  while (index < range.end) {
    const skip = markupAt(source, index);
    if (skip) {
      if (skip.inner) projectRange(source, skip.inner, into);
      index = skip.end;
      continue;
    }
    const character = String.fromCodePoint(source.codePointAt(index) ?? 0);
    const end = index + character.length;
    if (space.test(character)) addSpace(into, index, end);
    else if (!ignored.test(character)) for (const folded of fold(character)) add(into, folded, index, end);
    index = end;
  }
}

interface Markup {
  end: number;
  inner?: { start: number; end: number };
}

function markupAt(source: string, index: number): Markup | null {
  const character = source[index] ?? "";
  const previous = source[index - 1] ?? "\n";
  if (previous === "\n") {
    const marker = matchAt(lineMarker, source, index);
    if (marker) return { end: index + marker[0].length };
  }
  if (character === "\\" && asciiPunctuation.test(source[index + 1] ?? "")) return { end: index + 1 };
  if (character === "[" || (character === "!" && source[index + 1] === "[")) {
    if (previous === "\\") return null;
    const found = matchAt(link, source, index);
    if (found) {
      const start = index + found[0].indexOf("[") + 1;
      return { end: index + found[0].length, inner: { start, end: start + (found[1]?.length ?? 0) } };
    }
    const note = /\s/.test(previous) ? null : matchAt(footnote, source, index);
    if (note) return { end: index + note[0].length };
  }
  if (character === "*" || character === "_" || character === "`") return emphasisAt(source, index, character);
  return null;
}

/** A run of emphasis marks goes, unless it stands between two characters of a word or a number: 2*3, snake_case. */
function emphasisAt(source: string, index: number, mark: string): Markup | null {
  if (source[index - 1] === "\\") return null;
  let start = index;
  while (source[start - 1] === mark) start--;
  let end = index;
  while (source[end] === mark) end++;
  const [before, after] = [source[start - 1] ?? " ", source[end] ?? " "];
  const inside = wordCharacter.test(before) && wordCharacter.test(after);
  const keeps = inside && (end - start === 1 || /\d/.test(before) || /\d/.test(after));
  return keeps ? null : { end: index + 1 };
}

function matchAt(pattern: RegExp, source: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(source);
}

function addSpace(into: Units, start: number, end: number): void {
  if (into.text.length > 0 && into.text.at(-1) !== " ") add(into, " ", start, end);
}

function add(into: Units, folded: string, start: number, end: number): void {
  // White space beside a Chinese or Japanese character, or its punctuation, says nothing.
  if (into.text.at(-1) === " " && (isUnspaced(folded) || isUnspaced(into.text.at(-2) ?? ""))) {
    for (const list of [into.text, into.starts, into.ends]) list.pop();
  }
  for (let unit = 0; unit < folded.length; unit++) {
    into.text.push(folded[unit] ?? "");
    into.starts.push(start);
    into.ends.push(end);
  }
}

const isUnspaced = (character: string) => wordCharacter.test(character) && !spacedScript.test(character);

function fold(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isWidthVariant = (code >= 0xff01 && code <= 0xffef) || code === 0x3000;
  const plain = isWidthVariant ? character.normalize("NFKC") : character;
  if (plain === "…") return "...";
  return (alike.get(plain) ?? plain).normalize("NFD").toLowerCase();
}
