import { missing } from "./compose-answer.ts";
import { escapeMarkup } from "./quote-line.ts";
import type { SynthesisPrompt } from "./read-synthesis.ts";
import type { SharedQuote } from "./shared-quotes.ts";
import { type Wording, wordingFor } from "./wording.ts";

const bestQuotes = 5;
const quotesPerSource = 3;
/** Below this a sentence says next to nothing about the question: the same as for a report of a single lane. */
const leastScore = 0.15;
const mostFailures = 10;

/** A section on how the lanes relate, under what was quoted; told of the sentences at the top. */
export type Note = (best: readonly SharedQuote[], wording: Wording) => { heading: string; text: string };

/** The report over what lanes quoted, best first: every source that is quoted is cited. Then the note, and what no quote speaks of. */
export function composeShared(prompt: SynthesisPrompt, shared: readonly SharedQuote[], noteOn: Note): string {
  const wording = wordingFor(prompt.question);
  if (shared.length === 0) return nothingFound(prompt, wording);
  const best = shared.filter(({ score }) => score >= leastScore).slice(0, bestQuotes);
  const blocks = sourcesInOrder(shared).flatMap((n) => sourceBlock(n, shared, best, prompt, wording));
  const note = noteOn(best, wording);
  const parts = [
    ...(best.length > 0 ? [`## ${wording.best}`, best.map((quote) => marked(quote, quote.sources)).join("\n")] : [wording.nothing]),
    ...section(wording.others, blocks),
    ...section(note.heading, best.length > 0 && prompt.lanes.length > 1 ? [note.text] : []),
    ...section(wording.missing, missing(prompt.question, shared, wording)),
  ];
  return parts.join("\n\n");
}

function nothingFound({ failures }: SynthesisPrompt, wording: Wording): string {
  const reasons = [...new Set(failures)].slice(0, mostFailures).map(escapeMarkup);
  return [wording.nothing, ...(reasons.length > 0 ? [wording.failed(reasons)] : [])].join("\n\n");
}

const section = (heading: string, blocks: readonly string[]) => (blocks.length > 0 ? [`## ${heading}`, ...blocks] : []);
const marked = ({ quote }: SharedQuote, sources: readonly number[]) => `- ${quote} ${sources.map((n) => `[${n}]`).join("")}`;

/** The sources by the best that is quoted of them. */
const sourcesInOrder = (shared: readonly SharedQuote[]) => [...new Set(shared.flatMap(({ sources }) => sources))];

/** What of a source was quoted, the best first; nothing where all of it stands in the report already. */
function sourceBlock(n: number, shared: readonly SharedQuote[], best: readonly SharedQuote[], prompt: SynthesisPrompt, wording: Wording) {
  const own = shared.filter((quote) => quote.sources.includes(n) && !best.includes(quote)).slice(0, quotesPerSource);
  if (own.length === 0) return [];
  const title = prompt.sources.get(n)?.title || wording.untitled(n);
  return [`**${escapeMarkup(title)}**\n\n${own.map((quote) => marked(quote, [n])).join("\n")}`];
}
