import { sentences } from "#lib/std/sentences.ts";
import { type Finding, says, shown } from "./finding.ts";
import { cjkNamesIn, hasName, nameWordsIn } from "./names.ts";
import { denies, negationsIn } from "./negation.ts";
import { oppositesOf } from "./opposites.ts";

const clause = /[;；,，:：—]|\s[–-]\s|(?<!\p{L})(?:and|but|while|whereas|und|aber|mais|pero)(?!\p{L})/u;
/** Of a clause's subject, so much has to be the sentence's for a "not" in it to be about the same. */
const leastCovered = 0.6;
const mostSentences = 30;
const mostClauses = 4;

/**
 * Compares a sentence with a passage that tells the same in other words: names that the source never gives, a direction turned round, a "not" that
 * only one of them has. `tokens` gives what a text is about. Both have to be in one script, else only their numbers can be compared.
 */
export function compareTelling(claim: string, passage: string, text: string, tokens: (text: string) => ReadonlySet<string>): Finding[] {
  const missing =
    nameWordsIn(claim, text).find((name) => !hasName(name, text))?.text ?? cjkNamesIn(claim).find((name) => !text.includes(name));
  const named = missing === undefined ? [] : [{ reason: `The source does not name ${shown(missing)}.` }];
  return [...named, ...turned(claim, passage, tokens)];
}

function turned(claim: string, passage: string, tokens: (text: string) => ReadonlySet<string>): Finding[] {
  const wanted = tokens(claim);
  const nearest = nearestStretch(wanted, passage, tokens);
  if (nearest === null) return [];
  const [own, known] = [partsAbout(claim, tokens(nearest), tokens), partsAbout(nearest, wanted, tokens)];
  const contrary = oppositesOf(own, known);
  // Not allowed is prohibited.
  if (contrary && negationsIn(own).length === negationsIn(known).length) return [{ reason: says(...contrary), isContrary: true }];
  const [added, dropped] = [negationsIn(own), negationsIn(known)];
  if (added.length > 0 && !denies(nearest)) return [{ reason: says(added[0] ?? "", ""), isContrary: true }];
  if (dropped.length > 0 && !denies(claim)) return [{ reason: says("", dropped[0] ?? ""), isContrary: true }];
  return [];
}

/** The clauses of a text most of whose words are of one subject: a "not" in another clause is about something else. */
function partsAbout(text: string, subject: ReadonlySet<string>, tokens: (text: string) => ReadonlySet<string>): string {
  return text
    .split(clause)
    .filter((part) => {
      const own = [...tokens(part)];
      return own.filter((token) => subject.has(token)).length * 2 >= own.length;
    })
    .join(", ");
}

/** The clauses in a row of one sentence that have most of the subject and little besides. */
function nearestStretch(wanted: ReadonlySet<string>, passage: string, tokens: (text: string) => ReadonlySet<string>): string | null {
  let best: { score: number; covered: number; text: string } | null = null;
  for (const stretch of stretches(passage)) {
    const own = tokens(stretch);
    const shared = [...wanted].filter((token) => own.has(token)).length;
    const score = (2 * shared) / Math.max(1, wanted.size + own.size);
    if (!best || score > best.score + 1e-9) best = { score, covered: shared / Math.max(1, wanted.size), text: stretch };
  }
  return best && best.covered >= leastCovered ? best.text : null;
}

function* stretches(passage: string): Generator<string> {
  for (const { start, end } of sentences(passage).slice(0, mostSentences)) {
    const clauses = passage
      .slice(start, end)
      .split(clause)
      .filter((part) => part.trim() !== "");
    for (let first = 0; first < clauses.length; first++) {
      for (let last = first; last < Math.min(clauses.length, first + mostClauses); last++) yield clauses.slice(first, last + 1).join(", ");
    }
  }
}
