import type { EvidenceBank, EvidencePassage } from "#lib/domain/writer/evidence.ts";
import { bestPassage } from "#lib/sources/best-passage.ts";
import { roughTokens } from "#lib/std/rough-tokens.ts";
import { sentences } from "#lib/std/sentences.ts";
import { siteOf } from "#lib/std/site-of.ts";
import type { Span } from "#lib/std/span.ts";
import { type Carried, carryingPassages } from "./carrying-passage.ts";
import { claims } from "./claims.ts";
import { type CitableSource, contentTokens, type EvidenceIndex, evidenceIndex, type IndexedSource } from "./evidence-index.ts";
import { plainClaim } from "./plain-claim.ts";

/** What is known of the sources' worth for a question, beside their texts. */
export interface Leads {
  question: string;
  /** The answer, or the version that is written again: what carries its sentences belongs into the bank. */
  finding: string;
  /** What was extracted of each source when it was read, by its id. */
  extracts: ReadonlyMap<string, readonly string[]>;
  /** Spans that must be in it, by source id: what another version cites. */
  cited?: ReadonlyMap<string, readonly Span[]>;
}

export interface BankSize {
  passages: number;
  tokens: number;
}

/** Eighty passages of at most 700 characters: under 20,000 tokens of Latin text, which half of a window of 40,960 takes. */
export const usualBank: BankSize = { passages: 80, tokens: 20_000 };

/** A passage of this length says something and is read in half a minute. */
const longest = 700;
/** Spans nearer than this are one passage. */
const nearby = 120;
/** Of one source, so that a single long page does not fill the bank. */
const mostOfSource = 12;
const mostClaims = 60;
const leastScore = 0.3;

interface Candidate extends Span {
  source: IndexedSource;
  worth: number;
}

/**
 * The passages that a report is written from: what other versions cite, what was extracted when a page was read, what carries the sentences of
 * the answer, and of each source what comes nearest to the question. Pure: the same log gives the same passages under the same numbers.
 */
export function evidenceBank(sources: readonly CitableSource[], leads: Leads, size: BankSize = usualBank): EvidenceBank {
  const index = evidenceIndex(sources);
  const carried = carriedBy(leads.finding, index);
  const candidates = index.sources.flatMap((source) => joined(candidatesOf(source, leads, index, carried.get(source) ?? []), source));
  return numbered(fitting(candidates, size));
}

/** What of each source carries a sentence of the finding. Every sentence is looked for once in all sources together. */
function carriedBy(finding: string, index: EvidenceIndex): Map<IndexedSource, Carried[]> {
  const found = claims(finding)
    .slice(0, mostClaims)
    .flatMap(({ start, end }) => carryingPassages(plainClaim(finding.slice(start, end)), index))
    .filter(({ score }) => score >= leastScore);
  return Map.groupBy(found, ({ source }) => source);
}

function candidatesOf(source: IndexedSource, leads: Leads, index: EvidenceIndex, carried: readonly Carried[]): Candidate[] {
  const at = (span: Span, worth: number): Candidate => ({ source, start: span.start, end: span.end, worth });
  const cited = (leads.cited?.get(source.id) ?? []).map((span) => at(span, 4));
  const extracted = (leads.extracts.get(source.id) ?? []).flatMap((text) => spansOf(text, source)).map((span) => at(span, 2));
  const finding = carried.map(({ passage, score }) => at(passage, 1 + score));
  const weights = new Map([...contentTokens(leads.question)].map((token) => [token, index.idf(token)]));
  const nearest = bestPassage(source.text, { weights, maxLength: longest });
  const own = source.text.slice(nearest.start, nearest.end).trim() === "" ? [] : [at(nearest, 0.5)];
  return [...cited, ...extracted, ...finding, ...own];
}

/** Where the sentences of an extract stand in the page; those that the extraction put into other words stand nowhere. */
function spansOf(extract: string, source: IndexedSource): Span[] {
  const whole = source.find(extract);
  if (whole) return [whole];
  return sentences(extract).flatMap(({ start, end }) => source.find(extract.slice(start, end)) ?? []);
}

/** Whole sentences, what overlaps or nearly touches as one, none longer than `longest`. */
function joined(candidates: readonly Candidate[], source: IndexedSource): Candidate[] {
  const parts = candidates
    .flatMap((candidate) => inUnits(candidate, source))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
  const passages: Candidate[] = [];
  for (const part of parts) {
    const last = passages.at(-1);
    if (last && part.end <= last.end) last.worth = Math.max(last.worth, part.worth);
    else if (last && part.start - last.end <= nearby && part.end - last.start <= longest) {
      last.end = part.end;
      last.worth = Math.max(last.worth, part.worth);
    } else passages.push({ ...part, start: Math.max(part.start, last && part.start < last.end ? last.end : part.start) });
  }
  return passages.filter(({ start, end }) => source.text.slice(start, end).trim() !== "");
}

/** The sentences that a span touches, in stretches of at most `longest` characters. */
function inUnits(candidate: Candidate, source: IndexedSource): Candidate[] {
  const units = source.units.filter(({ start, end }) => start < candidate.end && candidate.start < end);
  const stretches: Candidate[] = [];
  for (const { start, end } of units) {
    const last = stretches.at(-1);
    if (last && end - last.start <= longest) last.end = end;
    else stretches.push({ ...candidate, start, end });
  }
  return stretches;
}

/** The most worthy first, each source its best before any its second. */
function fitting(candidates: readonly Candidate[], { passages, tokens }: BankSize): Candidate[] {
  const bySource = [...Map.groupBy(candidates, ({ source }) => source).values()].flatMap((own) =>
    own
      .toSorted((one, other) => other.worth - one.worth || one.start - other.start)
      .slice(0, mostOfSource)
      .map((candidate, rank) => ({ candidate, rank })),
  );
  const inOrder = bySource.toSorted(
    (one, other) =>
      other.candidate.worth - other.rank / 4 - (one.candidate.worth - one.rank / 4) ||
      one.candidate.source.n - other.candidate.source.n ||
      one.candidate.start - other.candidate.start,
  );
  const kept: Candidate[] = [];
  let left = tokens;
  for (const { candidate } of inOrder) {
    const size = roughTokens(candidate.source.text.slice(candidate.start, candidate.end)) + 30;
    if (kept.length >= passages || size > left) continue;
    left -= size;
    kept.push(candidate);
  }
  return kept;
}

const numbered = (candidates: readonly Candidate[]): EvidencePassage[] =>
  candidates
    .toSorted((one, other) => one.source.n - other.source.n || one.start - other.start)
    .map(({ source, start, end }, index) => ({
      number: index + 1,
      source: { id: source.id, n: source.n, title: source.title, site: siteOf(source.url) },
      passage: { start, end, text: source.text.slice(start, end) },
    }));
