import type { Span } from "#lib/std/span.ts";
import { type Projection, project } from "./projection.ts";

/** Finds quotes in one text; the text is projected once, at the first quote that does not stand there to the letter. */
export function passageFinder(text: string): (quote: string) => Span | null {
  let projected: Projection | undefined;
  return (quote) => {
    const wanted = quote.trim();
    if (!/[\p{L}\p{N}]/u.test(wanted)) return null;
    const exact = indexOfWhole(text, wanted);
    if (exact >= 0) return { start: exact, end: exact + wanted.length };
    projected ??= project(text);
    const needle = project(wanted).text.trim();
    const start = needle === "" ? -1 : indexOfWhole(projected.text, needle);
    if (start < 0) return null;
    return { start: projected.starts[start] ?? 0, end: projected.ends[start + needle.length - 1] ?? 0 };
  };
}

/** Where `part` stands without cutting a word or a number at either end: 12 does not stand in 112, nor in 1,12 or 3.12. */
function indexOfWhole(text: string, part: string): number {
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + 1)) {
    if (!cutsBefore(text, index) && !cutsAfter(text, index + part.length)) return index;
  }
  return -1;
}

const spaced = String.raw`[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]]`;
const cutHead = new RegExp(String.raw`(?:${spaced}${spaced}|\p{N}[.,:\/\-–]\p{N}|(?:^|[\s\(])[\-−–]\p{N})$`, "v");
const cutTail = new RegExp(String.raw`^(?:${spaced}${spaced}|\p{N}[.,:\/\-–]\p{N})`, "v");

const cutsBefore = (text: string, index: number) => cutHead.test(text.slice(Math.max(0, index - 3), index + headLength(text, index)));
const cutsAfter = (text: string, index: number) =>
  cutTail.test(text.slice(index - (/[\udc00-\udfff]/.test(text[index - 1] ?? "") ? 2 : 1), index + 3));
const headLength = (text: string, index: number) => ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
