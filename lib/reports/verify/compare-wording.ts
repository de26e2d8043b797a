import { type Alignment, align, type Difference } from "#lib/std/align.ts";
import { numberWords } from "#lib/std/number-words.ts";
import { stopTokens } from "#lib/std/stop-words.ts";
import { type Finding, says, shown } from "./finding.ts";
import { hasName, nameWordsIn } from "./names.ts";
import { hedgeIn, negationsIn } from "./negation.ts";
import { oppositesOf } from "./opposites.ts";
import { carries, type Quantity, quantitiesIn } from "./quantities.ts";
import { unitOf } from "./units.ts";
import { type Word, wordsOf } from "./words.ts";

/** So much of a sentence has to stand in the passage in the same order to compare the two word by word; below it is told in other words. */
const leastShared = 0.6;
/** And so much of that stretch has to be the sentence's: words that stand here and there in a page agree by chance. */
const leastDense = 0.5;
const leastWords = 4;
/** From here on the sentence begins and ends where the passage's stretch does, so that what stands there is in the place of something. */
const leastForEnds = 0.75;
/** Of a sentence that has so much of the passage, another word in the place of one is no retelling. */
const nearlyAll = 0.8;
/** Longer ones take seconds to align, and no sentence has as many words. */
const mostWords = 2_000;
/** Differences with so few shared words between them are one: a word is moved, or half a Chinese word is the same by chance. */
const nearby = { words: 1, characters: 2 };

const pronouns = /^(?:he|she|it|they|him|her|his|its|their|them|this|that|these|those|who|which|er|sie|es|il|elle|ils|elles|el|ella)$/i;
const cjkFiller = /^[的了是在和与及以于对将把被也都就等其该此这那他她它、]*$/u;
const number = /^-?\p{Nd}|^[〇一二三四五六七八九十百千万亿]$/u;
const limiting =
  /(?<!\p{L})(?:only|at least|at most|more|less|fewer|than|most|least|all|every|each|some|any|always|sometimes|exclusively|solely|both|either|nur|alle|mindestens|höchstens|seulement|solo)(?!\p{L})|[仅只]|至少|至多|全部|所有|部分|以上|以下|以内|以外/iu;
const endOfSentence = /[.!?。！？;；\n]/;

interface Both {
  claim: string;
  passage: string;
  own: Word[];
  known: Word[];
}

/** What a sentence has at one place, and what the passage has there instead. */
interface Stretch {
  said: string;
  known: string;
  words: Word[];
  replaced: Word[];
}

/**
 * Compares a sentence word by word with the stretch of the passage that it nearly repeats: what was dropped, added or put in the place of
 * something else. Null: it is told in other words, so there is nothing to compare this way.
 */
export function compareWording(claim: string, passage: string, text: string): Finding[] | null {
  const both: Both = { claim, passage, own: wordsOf(claim), known: wordsOf(passage).slice(0, mostWords) };
  if (both.own.length < leastWords || both.own.length > mostWords) return null;
  const alignment = align(
    both.own.map(({ key }) => key),
    both.known.map(({ key }) => key),
  );
  const shared = alignment.shared / both.own.length;
  const isDense = alignment.shared >= (alignment.range.end - alignment.range.start) * leastDense;
  if (shared < leastShared || !isDense) return reordered(both);
  const stretches = stretchesOf(alignment, both, shared >= leastForEnds).filter((stretch) => !isSameNumber(stretch));
  const plain = stretches.flatMap((stretch) => changeIn(stretch) ?? nameIn(stretch, both, text) ?? cjkIn(stretch, text) ?? []);
  const replaced = shared < nearlyAll ? [] : stretches.flatMap((stretch) => otherWordIn(stretch) ?? []);
  return [...plain, ...replaced];
}

function stretchesOf({ differences, range }: Alignment, { claim, passage, own, known }: Both, atEnds: boolean): Stretch[] {
  const between = (text: string, words: Word[]) => text.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);
  const whole = atEnds ? differences.map((difference) => withEnds(difference, range, { claim, passage, own, known })) : differences;
  return joined(whole, own).map(({ one, other }) => {
    const [words, replaced] = [own.slice(one.start, one.end), known.slice(other.start, other.end)];
    return { said: between(claim, words), known: between(passage, replaced), words, replaced };
  });
}

/** At the head and the end of the sentence, what it says in the place of as many words of the same sentence of the passage. */
function withEnds({ one, other }: Difference, range: { start: number; end: number }, { passage, own, known }: Both): Difference {
  const length = one.end - one.start;
  // A number may be longer in the passage: 12 % for twelve percent.
  const isNumber = own.slice(one.start, one.end).every(isNumeric);
  const isMore = (count: number, index: number) => (isNumber ? known[index] !== undefined && isNumeric(known[index]) : count < length);
  const breaks = (index: number) => endOfSentence.test(passage.slice(known[index - 1]?.end ?? 0, known[index]?.start ?? 0));
  let { start, end } = other;
  if (one.start === 0 && start === range.start) while (start > 0 && isMore(range.start - start, start - 1) && !breaks(start)) start--;
  if (one.end === own.length && end === range.end) while (end < known.length && isMore(end - range.end, end) && !breaks(end)) end++;
  return { one, other: { start, end } };
}

function joined(differences: readonly Difference[], own: readonly Word[]): Difference[] {
  const found: Difference[] = [];
  for (const each of differences) {
    const last = found.at(-1);
    const between = last ? own.slice(last.one.end, each.one.start) : [];
    const most = between.every(({ isCjk }) => isCjk) ? nearby.characters : nearby.words;
    if (last && between.length <= most && each.other.start - last.other.end <= most) {
      last.one.end = each.one.end;
      last.other.end = each.other.end;
    } else found.push({ one: { ...each.one }, other: { ...each.other } });
  }
  return found;
}

/** 12 % for twelve percent, 3.5亿 for 三亿五千万. */
function isSameNumber({ said, known, words, replaced }: Stretch): boolean {
  const [one, other] = [quantitiesIn(said), quantitiesIn(known)];
  const isSame = (each: Quantity, index: number) =>
    other[index] !== undefined && other[index].unit === each.unit && carries(other[index], each);
  return [...words, ...replaced].every(isNumeric) && one.length > 0 && one.length === other.length && one.every(isSame);
}

/** The same numbers among other words, however they are written: 2018–19 and 2018-2019. */
function isSameAmount(said: string, known: string): boolean {
  const [one, other] = [quantitiesIn(said), quantitiesIn(known)];
  return (
    one.length > 0 && one.length === other.length && one.every((each, index) => other[index] !== undefined && carries(other[index], each))
  );
}

const isNumeric = ({ text }: Word) =>
  /^[\p{N}%％$€£¥-]|^[〇零一二三四五六七八九十百千万亿两分之点]$/u.test(text) ||
  unitOf(text) !== null ||
  numberWords.has(text.toLowerCase());

/** What changes the meaning wherever it stands: a "not", a contrary word, another number or unit, a "may", an "only". */
function changeIn({ said, known, words, replaced }: Stretch): Finding[] | null {
  const [added, dropped] = [negationsIn(said), negationsIn(known)];
  if (added.length > dropped.length) return [{ reason: says(added[0] ?? "", ""), isContrary: true }];
  if (dropped.length > added.length) return [{ reason: says("", dropped[0] ?? ""), isContrary: true }];
  const contrary = oppositesOf(said, known, true);
  if (contrary) return [{ reason: says(...contrary), isContrary: true }];
  const [numbers, others] = [numbersOf(words), numbersOf(replaced)];
  if (numbers !== "" && others !== "" && numbers !== others && !isSameAmount(said, known))
    return [{ reason: says(said, known), isContrary: true }];
  const [unit, other] = [unitIn(words), unitIn(replaced)];
  // A unit that comes or goes with its own number is no change of another one's.
  const isOwn = (unit === null || numbers !== "") && (other === null || others !== "" || words.length === 0);
  if (unit !== other && !isOwn) return [{ reason: says(said, known), isContrary: replaced.length > 0 }];
  const hedge = hedgeIn(known);
  if (hedge && !hedgeIn(said)) return [{ reason: says("", hedge) }];
  const [limit = "", otherLimit = ""] = [limiting.exec(said)?.[0], limiting.exec(known)?.[0]];
  return limit.toLowerCase() === otherLimit.toLowerCase() ? null : [{ reason: says(limit, otherLimit) }];
}

const numbersOf = (words: readonly Word[]) =>
  words
    .filter(({ text }) => number.test(text))
    .map(({ key }) => key)
    .toSorted()
    .join(" ");
const unitIn = (words: readonly Word[]) => words.map(({ text }) => unitOf(text)).find((unit) => unit !== null) ?? null;

/** A name in the place of another, or one that the source never gives. A name for a pronoun is what a good sentence does. */
function nameIn({ said, known, words, replaced }: Stretch, { claim, passage }: Both, text: string): Finding[] | null {
  if (words.length === 0) return null;
  const within = (names: ReturnType<typeof nameWordsIn>, own: readonly Word[]) =>
    names.filter((name) => own.some((word) => word.start < name.end && name.start < word.end));
  const name = within(nameWordsIn(claim, passage), words).find((each) => !hasName(each, known));
  if (!name) return null;
  const isInPlaceOf = replaced.some(({ text: word }) => !stopTokens.has(word.toLowerCase()) && !pronouns.test(word));
  if (isInPlaceOf || within(nameWordsIn(passage, claim), replaced).length > 0) return [{ reason: says(said, known), isContrary: true }];
  return hasName(name, text) ? null : [{ reason: `The source does not name ${shown(name.text)}.` }];
}

/** Chinese marks no names, so any other word in the place of one may be one. What was only added counts where the source never says it. */
function cjkIn({ said, known, words, replaced }: Stretch, text: string): Finding[] | null {
  const isFiller = (list: readonly Word[]) => cjkFiller.test(list.map((word) => word.text).join(""));
  if (!words.some(({ isCjk }) => isCjk) || isFiller(words)) return null;
  if (!isFiller(replaced)) return [{ reason: says(said, known) }];
  // A single character is no name of the source's: 副 or 全 before a word makes another word of it.
  return said.length > 1 && text.includes(said) ? null : [{ reason: says(said, "") }];
}

/** One or two words of the subject in the place of others, in a sentence that is the passage's otherwise: a controller for a processor. */
function otherWordIn({ said, known, words, replaced }: Stretch): Finding[] | null {
  const subject = (list: readonly Word[]) => list.filter(({ key, text }) => !stopTokens.has(key) && !stopTokens.has(text.toLowerCase()));
  const other = subject(replaced);
  const own = subject(words).filter(({ key }) => {
    const same = other.findIndex((each) => root(each.key) === root(key));
    if (same >= 0) other.splice(same, 1);
    return same < 0;
  });
  const isOne = (list: readonly Word[]) => list.length > 0 && list.length <= 2;
  return isOne(own) && isOne(other) ? [{ reason: says(said, known) }] : null;
}

/** `investigation` and `investigate`: near enough for other forms of one word. */
const root = (key: string) => key.slice(0, Math.max(4, key.length - 4));

/** The same words, each as often, in another order: who did what to whom may have changed. */
function reordered({ own, known }: Both): Finding[] | null {
  const sorted = (words: Word[]) =>
    words
      .map(({ key }) => key)
      .toSorted()
      .join(" ");
  return sorted(own) === sorted(known) ? [{ reason: "The passage has the same words in another order." }] : null;
}
