import { contentTokens, type EvidenceIndex } from "#lib/reports/evidence-index.ts";
import { isMostlyCjk } from "#lib/std/script.ts";

/** Below this score a passage says something else; below the other one it says only part of the sentence. Chosen on WiCE: see decision 021. */
const least = { part: 0, whole: 0.25 };
/** A word that only the title of the page has counts half: the passage may mean it with a pronoun. */
const titleShare = 0.5;
/** A word that the whole source has nowhere counts against the sentence, half as much as one that the passage has counts for it. */
const absentShare = 0.5;

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

/** 1: the passage has every word of the sentence. Down to -0.5 where the source has none. */
export function coverageScore(claim: string, passage: string, index: EvidenceIndex): number {
  const [own, known, title] = [contentTokens(claim), beginnings(contentTokens(passage)), beginnings(index.sources[0]?.titleTokens ?? [])];
  const anywhere = beginnings(index.places.keys());
  let [total, covered] = [0, 0];
  for (const token of own) {
    const weight = index.idf(token);
    total += weight;
    if (known.has(beginning(token))) covered += weight;
    else if (title.has(beginning(token))) covered += weight * titleShare;
    else if (!anywhere.has(beginning(token))) covered -= weight * absentShare;
  }
  return total === 0 ? 1 : covered / total;
}

/** Of long words the beginning: `announcement` and `announced` are about the same. */
const beginning = (token: string) => (/^\p{L}{6,}$/u.test(token) ? token.slice(0, 5) : token);
const beginnings = (tokens: Iterable<string>) => new Set([...tokens].map(beginning));
