import { contentTokens, type EvidenceIndex } from "#lib/reports/evidence-index.ts";
import { isMostlyCjk } from "#lib/std/script.ts";

/** Below this share of a sentence, by the weight of its words, a passage says something else; below the other one it says only part of it. */
const least = { part: 0.3, whole: 0.7 };
/** A word that only the title of the page has counts half: the passage may mean it with a pronoun. */
const titleShare = 0.5;

export interface Coverage {
  status: "unsupported" | "weak" | "unchecked";
  reason: string;
}

/** How much of a sentence a passage carries, by the weight of the words in the source. */
export function coverageOf(claim: string, passage: string, index: EvidenceIndex): Coverage {
  // Sentence and passage in different scripts share no words, whatever they say.
  if (isMostlyCjk(claim) !== isMostlyCjk(passage))
    return unchecked("Sentence and passage are in different languages: nobody has compared them.");
  const score = coverageScore(claim, passage, index);
  if (score < least.part) return { status: "unsupported", reason: "The passage has little of what the sentence says." };
  if (score < least.whole) return { status: "weak", reason: "The passage has part of what the sentence says." };
  return unchecked("The numbers and names of the sentence are the passage's; nobody has compared the meaning.");
}

const unchecked = (reason: string): Coverage => ({ status: "unchecked", reason });

export function coverageScore(claim: string, passage: string, index: EvidenceIndex): number {
  const [own, known, title] = [contentTokens(claim), contentTokens(passage), index.sources[0]?.titleTokens ?? new Set<string>()];
  let [total, covered] = [0, 0];
  for (const token of own) {
    const weight = index.idf(token);
    total += weight;
    covered += known.has(token) ? weight : title.has(token) ? weight * titleShare : 0;
  }
  return total === 0 ? 1 : covered / total;
}
