import { type ProtectedSpan, protectedSpans } from "#lib/domain/protected-spans.ts";

/** A stretch of the Markdown and what stands in its place. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

export interface Edited {
  markdown: string;
  /** Where an offset of the text before has gone. */
  moved(offset: number): number;
}

/**
 * Writes every formula in one form, whatever signs the model used, and makes every other dollar sign a letter. `parser`: `$$x$$` in a line,
 * `$$$x$$$` on its own, which our parser tells apart. `file`: `$x$` and `$$x$$`, as readers of Markdown files know them.
 */
export function plainDollars(markdown: string, writtenFor: "parser" | "file"): Edited {
  const spans = protectedSpans(markdown);
  const edits: Edit[] = [];
  let from = 0;
  const letters = writtenFor === "file" ? /(?<!\\)\$/g : /\$(?=\$)|(?<=\$)\$/g;
  const escapeUntil = (end: number) => {
    for (const match of markdown.slice(from, end).matchAll(letters)) {
      const at = from + match.index;
      edits.push({ start: at, end: at, text: "\\" });
    }
  };
  for (const span of spans) {
    escapeUntil(span.start);
    from = span.end;
    if (span.kind === "formula") edits.push({ start: span.start, end: span.end, text: formulaText(markdown, span, writtenFor) });
  }
  escapeUntil(markdown.length);
  return apply(markdown, edits);
}

function formulaText(markdown: string, { inner, display }: ProtectedSpan, writtenFor: "parser" | "file"): string {
  const tex = oneLineTex(inner ? markdown.slice(inner.start, inner.end) : "");
  const sign = writtenFor === "file" ? (display ? "$$" : "$") : display ? "$$$" : "$$";
  // A space where a dollar sign of the formula would join the sign around it.
  const [before, after] = [tex.startsWith("$") ? " " : "", tex.endsWith("$") ? " " : ""];
  return sign + before + tex + after + sign;
}

/** A formula may take several lines, in a quotation each behind its bar, and hold comments up to a line's end. */
const oneLineTex = (tex: string) =>
  tex
    .split("\n")
    .map((line, place) => (place === 0 ? line : line.replace(/^\s*(?:>\s?)*/, "")).replace(/(?<!\\)%.*$/, ""))
    .join(" ")
    .trim();

function apply(markdown: string, edits: readonly Edit[]): Edited {
  if (edits.length === 0) return { markdown, moved: (offset) => offset };
  let text = "";
  let last = 0;
  const shifts: { from: number; by: number }[] = [];
  for (const { start, end, text: replacement } of edits) {
    text += markdown.slice(last, start) + replacement;
    last = end;
    shifts.push({ from: end, by: text.length - end });
  }
  return { markdown: text + markdown.slice(last), moved: (offset) => offset + shiftAt(shifts, offset) };
}

function shiftAt(shifts: readonly { from: number; by: number }[], offset: number): number {
  let [low, high] = [0, shifts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.by ?? 0;
}
