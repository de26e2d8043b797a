import type { CitationStatus } from "#lib/domain/citation.ts";
import type { Passage } from "#lib/domain/source.ts";
import { contentTokens, evidenceIndex } from "#lib/reports/evidence-index.ts";
import { quotedSpans } from "#lib/reports/quoted-spans.ts";
import { passageFinder } from "#lib/sources/passage-finder.ts";
import { isMostlyCjk } from "#lib/std/script.ts";
import { sentences } from "#lib/std/sentences.ts";
import type { Span } from "#lib/std/span.ts";
import { compareFacts, type SourceFacts } from "./compare-facts.ts";
import { compareTelling } from "./compare-telling.ts";
import { compareWording } from "./compare-wording.ts";
import { coverageOf } from "./coverage.ts";
import { cutOff } from "./cut-off.ts";
import { type Finding, shown } from "./finding.ts";
import { type Quantity, quantitiesIn } from "./quantities.ts";

/** What the texts alone tell of a cited sentence. */
export interface ClaimCheck {
  status: Exclude<CitationStatus, "supported">;
  /** The most that a model's verdict may make of it. */
  ceiling: Ceiling;
  /** What was found, in one plain sentence. */
  reason: string;
  /** Where the sentence stands word for word, when that is not the passage itself. */
  passage?: Passage;
}

export type Ceiling = "quoted" | "supported" | "weak" | "unsupported";

export interface CheckedSource {
  text: string;
  title?: string;
}

export interface CheckRequest extends CheckedSource {
  /** The sentence as plain words. */
  claim: string;
  /** Of the source's text. */
  passage: Span;
}

/** Compares one cited sentence with its passage. For many sentences of one source `claimChecker` prepares the source once. */
export const checkClaim = ({ claim, passage, ...source }: CheckRequest): ClaimCheck => claimChecker(source)(claim, passage);

/**
 * Compares sentences with passages of one source, without a model and the same way each time. Only what stands there word for word is quoted. A number, a
 * date, a name, a "not", a unit or a direction that is not the passage's is weak or unsupported, and no verdict lifts it to supported. What passes
 * every comparison is unchecked: that the words agree does not show that the sentence says the same.
 */
export function claimChecker(source: CheckedSource): (claim: string, passage: Span) => ClaimCheck {
  const index = evidenceIndex([{ id: "", n: 1, url: "", title: source.title ?? "", text: source.text }]);
  const [indexed] = index.sources;
  const find = (quote: string) => indexed?.find(quote) ?? null;
  const facts = factsOf(source);
  return (claim, passage) => {
    const around = wholeSentences(source.text, passage);
    const region = source.text.slice(around.start, around.end);
    // A sentence that stands in the source more than once is quoted from where the citation says.
    const near = quotedAt(claim, passageFinder(region));
    const quoted = near ? { start: near.start + around.start, end: near.end + around.start } : quotedAt(claim, find);
    const standing = quoted && quotation(source.text, quoted);
    if (standing && (standing.status !== "quoted" || isSentence(claim))) return standing;
    const findings = compare(claim, region, facts, find);
    const [worst] = findings.toSorted((one, other) => Number(other.isContrary ?? false) - Number(one.isContrary ?? false));
    const coverage = coverageOf(claim, region, index);
    if (worst)
      return {
        status: worst.isContrary || coverage.status === "unsupported" ? "unsupported" : "weak",
        ceiling: "weak",
        reason: worst.reason,
      };
    return { status: coverage.status, ceiling: "supported", reason: coverage.reason };
  };
}

/** A single word stands in many places and say nothing there: "No." stands in "there is no doubt". */
const leastWords = 2;
const isSentence = (claim: string) => contentTokens(claim).size >= leastWords;

/** Where the whole sentence stands, with or without its full stop and the quotation marks around it. */
function quotedAt(claim: string, find: (quote: string) => Span | null): Span | null {
  const whole = find(claim);
  if (whole) return whole;
  const bare = claim.replace(/^["“„«「『]+|[\s.。!！;；,，"”’»」』]+$/gu, "");
  return bare === claim || bare === "" ? null : find(bare);
}

function quotation(text: string, span: Span): ClaimCheck {
  const cut = cutOff(text, span);
  if (cut) {
    const reason =
      "before" in cut
        ? `The words stand in the source, but behind ${shown(cut.before)}, which the sentence leaves out.`
        : `The words stand in the source, but it goes on with ${shown(cut.after)}, which the sentence leaves out.`;
    return { status: "weak", ceiling: "weak", reason };
  }
  return {
    status: "quoted",
    ceiling: "quoted",
    reason: "The sentence stands word for word in the source.",
    passage: { ...span, text: text.slice(span.start, span.end) },
  };
}

function factsOf({ text, title = "" }: CheckedSource): SourceFacts {
  const whole = `${title}\n${text}`;
  let quantities: readonly Quantity[] | undefined;
  return {
    text: whole,
    quantities() {
      quantities ??= quantitiesIn(whole);
      return quantities;
    },
  };
}

function compare(claim: string, passage: string, source: SourceFacts, find: (quote: string) => Span | null): Finding[] {
  const facts = [...inventedQuotes(claim, find), ...compareFacts(claim, passage, source)];
  // Names and words of different scripts cannot be told from each other; numbers can.
  if (isMostlyCjk(claim) !== isMostlyCjk(passage)) return facts;
  const wording = compareWording(claim, passage, source.text);
  return [...facts, ...(wording ?? []), ...(wording?.length ? [] : compareTelling(claim, passage, source.text, contentTokens))];
}

/** A shorter quotation is a word in quotation marks, no quote. */
const leastQuoteWords = 3;

/** What the sentence puts in quotation marks and the source does not say; parts around an omission stand for themselves. */
function inventedQuotes(claim: string, find: (quote: string) => Span | null): Finding[] {
  const quotes = quotedSpans(claim)
    .filter((quote) => !/[“”"「」]/.test(quote) && !isTitle(quote))
    .flatMap((quote) => quote.split(/\s*[[(]?(?:…|\.{3})[\])]?\s*/))
    .filter((quote) => contentTokens(quote).size >= leastQuoteWords);
  const missing = quotes.find((quote) => !quotedAt(quote, find));
  return missing === undefined ? [] : [{ reason: `The source does not say ${shown(missing)} in these words.` }];
}

/** Written large in most of its longer words: a work, which people also put in quotation marks. */
function isTitle(quote: string): boolean {
  const long = quote.match(/\p{L}{4,}/gu) ?? [];
  return long.filter((word) => /^\p{Lu}/u.test(word)).length * 3 > long.length * 2;
}

function wholeSentences(text: string, { start, end }: Span): Span {
  const from = Math.max(0, start - 1_000);
  const window = text.slice(from, end + 1_000);
  const touched = sentences(window).filter((unit) => unit.start + from < end && start < unit.end + from);
  return { start: Math.min(start, from + (touched[0]?.start ?? start)), end: Math.max(end, from + (touched.at(-1)?.end ?? 0)) };
}
