import type { Passage } from "#lib/domain/source.ts";

/** A passage that a report may be written from, under the short id that the writer cites it by: `p3`. */
export interface EvidencePassage {
  /** From 1, in the order of the sources and of the text. */
  number: number;
  source: { id: string; n: number; title: string; site: string };
  passage: Passage;
}

/** What a report is written from: passages of the sources of its run, never the whole pages, and nothing else. */
export type EvidenceBank = readonly EvidencePassage[];

/** A mark as the writer sets it, in every form models give it: `[p3]`, `[p3, p8]`, `[p3-p5]`, `(p3 and p4)`, `【p3】`. */
export const passageMark = /[[【［({（]\s*p\d{1,3}(?:\s*(?:[,，、;；&–—-]|and|und|et|y|和|与)\s*p?\d{1,3})*\s*[\]】］)}）]/giu;

const widestRange = 10;

/** The numbers of the passages that a mark names. */
export function passagesOfMark(mark: string): number[] {
  const numbers = (mark.match(/\d+/g) ?? []).map(Number);
  const [first = 0, last = 0] = numbers;
  const isRange = numbers.length === 2 && /\d\s*[–—-]\s*p?\d/i.test(mark) && last > first && last - first <= widestRange;
  return isRange ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : numbers;
}

/** The numbers of passages that a text names, each once, in its order. */
export const passageNumbersIn = (text: string): number[] => [
  ...new Set([...text.matchAll(/(?<![\p{L}\p{N}])p(\d{1,3})(?![\p{L}\p{N}])/giu)].map(([, digits]) => Number(digits))),
];
