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

/** A mark as the writer sets it: `[p3]`, `[p3, p8]`, `【p3】`. */
export const passageMark = /[[【［]\s*p\d{1,3}(?:\s*[,，、;；]\s*p?\d{1,3})*\s*[\]】］]/gi;

/** The numbers of passages that a text names, each once, in its order. */
export const passageNumbersIn = (text: string): number[] => [
  ...new Set([...text.matchAll(/(?<![\p{L}\p{N}])p(\d{1,3})(?![\p{L}\p{N}])/giu)].map(([, digits]) => Number(digits))),
];
