import type { Span } from "#lib/std/span.ts";
import { isFormula } from "./is-formula.ts";
import { bracketPairs, linkEnd } from "./link-end.ts";

/** A stretch of Markdown that is no prose. `display`: a formula that stands on a line of its own. `inner`: what stands between its signs. */
export interface ProtectedSpan extends Span {
  kind: "fence" | "code" | "link" | "definition" | "address" | "formula";
  display?: boolean;
  inner?: Span;
}

const fence = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/gm;
const definition = /\[\^?[^\]\n]{1,999}\]:[^\n]*$/my;
const address = /<?https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]]>?/y;
const blankLine = /\n[ \t]*(?=\n)/g;
/** Where anything that is no prose can begin. */
const beginnings = /\\[\s\S]|`+|!?\[|<?https?:\/\/|\$+/g;
const longestFormula = 4000;

/**
 * The stretches of a Markdown text that are no prose: what looks like a mark in there is none. In order, without overlaps. One pass, so that
 * a text that was made to be slow takes no longer than any other.
 */
export function protectedSpans(markdown: string): ProtectedSpan[] {
  const spans: ProtectedSpan[] = [];
  let from = 0;
  for (const fenced of fences(markdown)) {
    scan(markdown, from, fenced.start, spans);
    spans.push(fenced);
    from = fenced.end;
  }
  scan(markdown, from, markdown.length, spans);
  return spans;
}

/** Fenced code, also one that never closes. */
function fences(markdown: string): ProtectedSpan[] {
  const found: ProtectedSpan[] = [];
  let open: { start: number; sign: string } | null = null;
  for (const match of markdown.matchAll(fence)) {
    const [, sign = "", rest = ""] = match;
    if (!open) {
      if (!(sign[0] === "`" && rest.includes("`"))) open = { start: match.index, sign };
    } else if (sign[0] === open.sign[0] && sign.length >= open.sign.length && rest.trim() === "") {
      found.push({ kind: "fence", start: open.start, end: match.index + match[0].length });
      open = null;
    }
  }
  return open ? [...found, { kind: "fence", start: open.start, end: markdown.length }] : found;
}

/** Collects what is no prose between two places that hold no fence. */
function scan(markdown: string, start: number, end: number, spans: ProtectedSpan[]): void {
  const closers = closersIn(markdown, start, end);
  const pairs = bracketPairs(markdown, start, end);
  let at = start;
  for (;;) {
    beginnings.lastIndex = at;
    const match = beginnings.exec(markdown);
    if (!match || match.index >= end) return;
    const span =
      match[0].endsWith("[") && match[0] !== "\\["
        ? bracketAt(markdown, match.index, match.index + match[0].length - 1, pairs)
        : signAt(markdown, match.index, match[0], closers);
    if (span && span.end <= end) spans.push(span);
    at = span && span.end <= end ? span.end : match.index + match[0].length;
  }
}

function signAt(markdown: string, start: number, sign: string, closers: Closers): ProtectedSpan | null {
  if (sign[0] === "`") return codeAt(start, sign, closers);
  if (sign[0] === "$") return dollarsAt(markdown, start, sign, closers);
  if (sign === "\\(" || sign === "\\[") return slashesAt(markdown, start, sign, closers);
  if (sign[0] === "\\") return null;
  return matchAt(address, markdown, start) ? { kind: "address", start, end: address.lastIndex } : null;
}

function bracketAt(markdown: string, start: number, bracket: number, pairs: ReadonlyMap<number, number>): ProtectedSpan | null {
  const indent = /(?:^|\n)( {0,3})$/.exec(markdown.slice(Math.max(0, bracket - 4), bracket));
  const opensLine = indent !== null && (bracket <= 3 || indent[0].startsWith("\n"));
  if (opensLine && matchAt(definition, markdown, bracket)) {
    return { kind: "definition", start: bracket - (indent[1]?.length ?? 0), end: definition.lastIndex };
  }
  const close = pairs.get(bracket);
  const end = close === undefined ? null : linkEnd(markdown, close);
  return end === null ? null : { kind: "link", start, end };
}

function codeAt(start: number, sign: string, closers: Closers): ProtectedSpan | null {
  const close = closers.next(sign, start + sign.length);
  return close === null ? null : { kind: "code", start, end: close + sign.length };
}

/** `$$…$$` is a formula of its own; `$…$` is one where it cannot be money. */
function dollarsAt(markdown: string, start: number, sign: string, closers: Closers): ProtectedSpan | null {
  if (sign.length > 2) return null;
  const first = start + sign.length;
  const close = closers.next(sign, first);
  if (close === null || close - first > longestFormula) return null;
  const inner = { start: first, end: close };
  const text = markdown.slice(first, close);
  const fits = sign === "$$" ? text.trim() !== "" : isFormula(text, markdown[close + 1] ?? "");
  return fits ? { kind: "formula", display: sign === "$$", start, end: close + sign.length, inner } : null;
}

/** `\(…\)` and `\[…\]`: escaped brackets look the same, so what is in there has to look like a formula. */
function slashesAt(markdown: string, start: number, sign: string, closers: Closers): ProtectedSpan | null {
  const close = closers.next(sign === "\\(" ? "\\)" : "\\]", start + 2);
  if (close === null || close - start > longestFormula) return null;
  const inner = { start: start + 2, end: close };
  const text = markdown.slice(inner.start, inner.end);
  const hasSigns = (/[\p{L}\p{N}]/u.test(text) && /[\\^_={}<>+*/]/.test(text)) || (sign === "\\(" && /^\s*\p{L}\s*$/u.test(text));
  return hasSigns ? { kind: "formula", display: sign === "\\[", start, end: close + 2, inner } : null;
}

interface Closers {
  /** The next place of a sign from here on that stands in the same paragraph, or null. */
  next(sign: string, from: number): number | null;
}

/** Where runs of backticks and dollars and closing brackets stand, so that each is looked for once. */
function closersIn(markdown: string, start: number, end: number): Closers {
  const places = new Map<string, number[]>();
  const signs = /(?<!\\)`+|\\[\])]|\\\$|\$+/g;
  signs.lastIndex = start;
  for (let match = signs.exec(markdown); match && match.index < end; match = signs.exec(markdown)) {
    const known = places.get(match[0]);
    if (known) known.push(match.index);
    else places.set(match[0], [match.index]);
  }
  blankLine.lastIndex = start;
  const blanks: number[] = [];
  for (let match = blankLine.exec(markdown); match && match.index < end; match = blankLine.exec(markdown)) blanks.push(match.index);
  return {
    next(sign, from) {
      const close = firstFrom(places.get(sign) ?? [], from);
      const blank = firstFrom(blanks, from);
      return close === null || (blank !== null && blank < close) ? null : close;
    },
  };
}

/** The first of ascending places that is not before `from`. */
function firstFrom(places: readonly number[], from: number): number | null {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return places[low] ?? null;
}

function matchAt(pattern: RegExp, markdown: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(markdown);
}
