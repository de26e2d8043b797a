const longestTarget = 4000;
const longestTitle = 400;

/** White space with at most one line's end in it, as it may stand around the address and before the title. */
const space = /(?=\s)[ \t]{0,9}\n?[ \t]{0,9}/y;
const title = /(?:"[^"\n]*"[ \t]{0,9}\n?[ \t]{0,9})?\)/y;

/** Where the link ends whose text ends with the bracket at `close`: behind its address and title in parentheses. Null where it is no link. */
export function linkEnd(markdown: string, close: number): number | null {
  if (markdown[close + 1] !== "(") return null;
  let depth = 0;
  for (let at = behindSpace(markdown, close + 2); at < markdown.length && at - close < longestTarget; at += 1) {
    const sign = markdown[at];
    if (sign === "(" && ++depth > 1) return null;
    if (sign === ")" && --depth < 0) return at + 1;
    if (sign === " " || sign === "\n" || sign === "\t") return depth === 0 ? titledEnd(markdown, behindSpace(markdown, at)) : null;
  }
  return null;
}

function behindSpace(markdown: string, at: number): number {
  space.lastIndex = at;
  return space.test(markdown) ? space.lastIndex : at;
}

function titledEnd(markdown: string, at: number): number | null {
  title.lastIndex = 0;
  const match = title.exec(markdown.slice(at, at + longestTitle));
  return match ? at + match[0].length : null;
}

/** The closing bracket of each opening one, of those that stand on one line. Escaped ones count as letters. */
export function bracketPairs(markdown: string, start: number, end: number): Map<number, number> {
  const pairs = new Map<number, number>();
  let open: number[] = [];
  const signs = /\\[\s\S]|[[\]\n]/g;
  signs.lastIndex = start;
  for (let match = signs.exec(markdown); match && match.index < end; match = signs.exec(markdown)) {
    if (match[0] === "[") open.push(match.index);
    else if (match[0] === "\n") open = [];
    else if (match[0] === "]") {
      const opening = open.pop();
      if (opening !== undefined) pairs.set(opening, match.index);
    }
  }
  return pairs;
}
