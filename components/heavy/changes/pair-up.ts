import { diffArrays } from "diff";
import { likenessOf, wordsOf } from "./words-of.ts";

/** What became of a piece of a text: `before` is null where it is new, `after` where it is gone. */
export type Pair<T> = { before: T; after: T } | { before: T; after: null } | { before: null; after: T };

interface Pieces<T> {
  /** Two pieces of one key have not changed. */
  keyOf: (piece: T) => string;
  textOf: (piece: T) => string;
  /** Whether one can have become the other, whatever they say. */
  canBecome?: (before: T, after: T) => boolean;
}

/** Pieces that have more of their words in common are one piece that was changed. */
const alike = 0.4;
/** With more pieces at one place than this product they are not compared one by one. */
const mostComparisons = 900;

/** Pairs the pieces of two texts in their order: the same, changed, new and gone. What went stands before what came in its place. */
export function pairUp<T>(before: readonly T[], after: readonly T[], pieces: Pieces<T>): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let from = 0;
  let to = 0;
  let gone: T[] = [];
  let come: T[] = [];
  const settle = () => {
    pairs.push(...pairOff(gone, come, pieces));
    gone = [];
    come = [];
  };
  for (const { added, removed, value } of diffArrays(before.map(pieces.keyOf), after.map(pieces.keyOf))) {
    const [old, fresh] = [before.slice(from, from + value.length), after.slice(to, to + value.length)];
    if (removed) gone.push(...old);
    else if (added) come.push(...fresh);
    else {
      settle();
      pairs.push(...fresh.map((piece, index) => ({ before: old[index] ?? piece, after: piece })));
    }
    if (!added) from += value.length;
    if (!removed) to += value.length;
  }
  settle();
  return pairs;
}

/** Of what went and what came at one place, each that came takes the likest of those that went, as long as the order holds. */
function pairOff<T>(gone: readonly T[], come: readonly T[], { textOf, canBecome = () => true }: Pieces<T>): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  if (gone.length === 0 || come.length === 0)
    return [...gone.map((before) => ({ before, after: null })), ...come.map((after) => ({ before: null, after }))];
  const words = gone.map((piece) => wordsOf(textOf(piece)));
  const compared = gone.length * come.length <= mostComparisons;
  let next = 0;
  let unpaired: T[] = [];
  const settle = (until: number) => {
    pairs.push(...gone.slice(next, until).map((before) => ({ before, after: null })));
    pairs.push(...unpaired.map((after) => ({ before: null, after })));
    unpaired = [];
    next = until;
  };
  for (const piece of come) {
    const own = wordsOf(textOf(piece));
    let best = { at: -1, likeness: alike };
    for (let at = next; compared && at < gone.length; at++) {
      const likeness = canBecome(gone[at] as T, piece) ? likenessOf(words[at] ?? [], own) : 0;
      if (likeness > best.likeness) best = { at, likeness };
    }
    if (best.at < 0) unpaired.push(piece);
    else {
      settle(best.at);
      pairs.push({ before: gone[best.at] as T, after: piece });
      next = best.at + 1;
    }
  }
  settle(gone.length);
  return pairs;
}
