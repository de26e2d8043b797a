import { likenessOf, wordsOf } from "#components/heavy/changes/words-of.ts";

/** Two English texts on one subject share a third of their words by grammar alone; a version in another language shares next to none. */
const leastShared = 0.5;

/** Whether a version has so little of the words of the other that marks would cover it. A shortened one has most of its words from the longer. */
export function isWrittenAnew(before: string, after: string): boolean {
  const [one, other] = [wordsOf(before), wordsOf(after)];
  const shared = (likenessOf(one, other) * (one.length + other.length)) / 2;
  return shared < leastShared * Math.min(one.length, other.length);
}
