import { findModelMarks } from "#lib/domain/model-marks.ts";
import { splitReferenceList } from "./drop-reference-list.ts";

/** What is wrong with the numbers of a text that brings its own list of sources. */
export interface CitationLint {
  /** Numbers of all marks, each as often as it stands. */
  marks: number;
  /** Entries of the list. */
  listed: number;
  /** Marks whose number the list does not have. */
  dangling: number[];
  /** Entries whose number or address an earlier one has. */
  duplicates: number[];
  /** Entries that no mark names. */
  uncited: number[];
  /** Sources that get another number where they are numbered by first appearance, as our reports are. */
  renumbered: number;
}

const entry = /^\s*(?:[-*+•]\s+)?(?:\*\*)?(?:\[\^?(\d{1,4})\]|【(\d{1,4})】|(\d{1,4})[.)]|\((\d{1,4})\))(?:\*\*)?:?\s+\S/;
const address = /https?:\/\/[^\s<>)\]]+/;

/** Compares the marks of a text with the list of sources at its end. Pure; a text without a list has only dangling marks. */
export function lintCitations(answer: string): CitationLint {
  const { prose, list: lines } = splitReferenceList(answer);
  const list = entriesIn(lines);
  const numbers = findModelMarks(prose, () => true).flatMap((mark) => mark.numbers);
  const named = new Set(numbers);
  const known = new Set(list.map(({ n }) => n));
  const order = [...named].filter((n) => known.has(n));
  return {
    marks: numbers.length,
    listed: list.length,
    dangling: [...named].filter((n) => !known.has(n)),
    duplicates: duplicatesIn(list),
    uncited: [...known].filter((n) => !named.has(n)),
    renumbered: order.filter((n, place) => n !== place + 1).length,
  };
}

interface ListedSource {
  n: number;
  url: string | null;
}

function entriesIn(list: string): ListedSource[] {
  return list.split("\n").flatMap((line) => {
    const match = entry.exec(line);
    const n = match?.slice(1).find((number) => number !== undefined);
    return n === undefined ? [] : [{ n: Number(n), url: address.exec(line)?.[0]?.replace(/[/.,;]+$/, "") ?? null }];
  });
}

function duplicatesIn(list: readonly ListedSource[]): number[] {
  const seen = new Set<string>();
  return list.flatMap(({ n, url }) => {
    const keys = [`n${n}`, ...(url ? [url] : [])];
    const isDouble = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isDouble ? [n] : [];
  });
}
