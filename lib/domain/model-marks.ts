import { protectedSpans } from "./protected-spans.ts";
import { touches } from "./touches.ts";

/** A mark as a model wrote it: it may name several sources. */
export interface ModelMark {
  start: number;
  end: number;
  numbers: number[];
}

const shapes =
  /(?<!\\)(?:\[\^?\d{1,3}(?:\s*[,，;、]\s*\^?\d{1,3})*\]|\[\d{1,3}\s*[-–]\s*\d{1,3}\]|[【［]\d{1,3}(?:\s*[,，、]\s*\d{1,3})*(?:†[^】\n]{0,80})?[】］])/g;
/** What comes before a list of numbers that is a value, not a mark. */
const valueBefore = /(?:[=∈(+*/<>]|\b(?:in|array|list|vector|tuple|range|return|index))\s*$/i;
const codeAfter = /^\s*(?:=|\+=|\.\w+\(|\[)/;
const widestRange = 10;

/** The marks in the prose of an answer, in every shape models write: [1] [1, 2] [1-3] [^1] 【1】 【1†source】. `isSource` tells marks from arrays. */
export function findModelMarks(answer: string, isSource: (n: number) => boolean): ModelMark[] {
  const spans = protectedSpans(answer);
  const found: ModelMark[] = [];
  for (const match of answer.matchAll(shapes)) {
    const mark = { start: match.index, end: match.index + match[0].length, numbers: numbersOf(match[0]) };
    if (touches(spans, mark)) continue;
    if (!isValue(answer, mark, isSource)) found.push(mark);
  }
  return found;
}

function numbersOf(text: string): number[] {
  const numbers = (text.replace(/†.*$/, "").match(/\d+/g) ?? []).map(Number);
  const [first = 0, last = 0] = numbers;
  if (!/\d\s*[-–]\s*\d/.test(text)) return numbers;
  return last > first && last - first <= widestRange ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : numbers;
}

/** `x = [1, 2, 3]`, `a[3] = 5`, a list with a zero or with no known source: numbers that are meant as numbers. */
function isValue(answer: string, mark: ModelMark, isSource: (n: number) => boolean): boolean {
  const before = answer.slice(Math.max(0, mark.start - 12), mark.start);
  const after = answer.slice(mark.end, mark.end + 12);
  if (mark.numbers.includes(0)) return true;
  if (valueBefore.test(before) && !/[\])】]\s*$/.test(before)) return mark.numbers.length > 1 || /[=∈+*/<>]\s*$/.test(before);
  if (/\w$/.test(before) && codeAfter.test(after) && !/^\[\^?\d/.test(after)) return true;
  return mark.numbers.length > 2 && !mark.numbers.some(isSource);
}
