import { composeShared, type Note } from "./compose-shared.ts";
import type { SynthesisPrompt } from "./read-synthesis.ts";
import { type SharedQuote, sharedQuotes } from "./shared-quotes.ts";
import { termWeights } from "./term-weights.ts";
import { escapedJson, turnText } from "./turn-text.ts";
import { type Wording, wordingFor } from "./wording.ts";

/** How much more a sentence counts that every lane quotes: a good one about as much more as by a cue to the kind of answer that is asked for. */
const agreement = 0.15;
/** The rules of the synthesis ask for three to twelve; the table of them is read, not searched. */
const mostFindings = 8;

/** The turn of a synthesis: one report over what all lanes quoted, which cites every source that a lane cites. No lane was in vain. */
export function synthesize(prompt: SynthesisPrompt): string {
  const shared = sharedQuotes(prompt, agreement);
  const note: Note = (best, { synthesis }) => ({
    heading: synthesis.agreement,
    text: synthesis.agree(
      best.map(({ lanes }) => lanes.length),
      prompt.lanes.length,
    ),
  });
  return turnOf(prompt, shared, wordingFor(prompt.question).synthesis.thought, composeShared(prompt, shared, note));
}

/** The turn of an aggregation: the report of the one lane that quotes most of the question's words. How many say the same does not count. */
export function aggregate(prompt: SynthesisPrompt): string {
  const shared = sharedQuotes(prompt, 0);
  const lane = chooseLane(prompt, shared);
  const own = { ...prompt, quotes: prompt.quotes.filter((quote) => quote.lane === lane) };
  const note: Note = (_, { synthesis }) => ({ heading: synthesis.choice, text: synthesis.chosen(lane, prompt.lanes.length) });
  return turnOf(prompt, shared, wordingFor(prompt.question).synthesis.choiceThought, composeShared(own, sharedQuotes(own, 0), note));
}

/** Words by their weights; of lanes with as many the one with the better sentence, then the first. */
function chooseLane({ question, lanes }: SynthesisPrompt, shared: readonly SharedQuote[]): number {
  const weights = termWeights(question);
  const judged = lanes.map((lane) => {
    const own = shared.filter((quote) => quote.lanes.includes(lane));
    const covered = [...new Set(own.flatMap((quote) => quote.covered))];
    const words = covered.reduce((sum, token) => sum + (weights.get(token) ?? 0), 0);
    return { lane, words, best: own[0]?.score ?? 0 };
  });
  return judged.toSorted((one, other) => other.words - one.words || other.best - one.best || one.lane - other.lane)[0]?.lane ?? 1;
}

function turnOf(prompt: SynthesisPrompt, shared: readonly SharedQuote[], think: Wording["synthesis"]["thought"], text: string): string {
  const findings = shared.slice(0, mostFindings).map((quote) => findingOf(quote, prompt));
  const thought = think(prompt.lanes.length, shared.length);
  return turnText({ thought, section: { name: "findings", text: escapedJson(findings) }, move: { kind: "answer", text } });
}

/** A lane that quotes the sentence agrees; one that does not says nothing of it, for the policy does not know what it would say. */
function findingOf({ text, lanes, sources, independent }: SharedQuote, prompt: SynthesisPrompt) {
  return {
    finding: text,
    lanes: Object.fromEntries(lanes.map((lane) => [String(lane), "agrees"])),
    sources,
    verdict: wordingFor(prompt.question).synthesis.verdict(lanes.length, prompt.lanes.length, independent),
  };
}
