import { chineseNumber } from "#lib/std/chinese-number.ts";
import { multipliers, numberWords } from "#lib/std/number-words.ts";
import type { Span } from "#lib/std/span.ts";
import { datesIn } from "./dates.ts";
import { isCurrency, unitAt } from "./units.ts";

/** A number with what it counts, as a text gives it. */
export interface Quantity extends Span {
  text: string;
  value: number;
  /** In one name for all its spellings; null where none is written. */
  unit: string | null;
  /** `about`, `over`, `nearly`: how exact it claims to be. */
  precision: "exact" | "about" | "over" | "under";
  /** Written as a word that is often none: 一 in 一般, a second. It can carry a claim's number and asks for none itself. */
  isLoose: boolean;
}

const number = String.raw`(?<digits>(?<!\d)(?<!\d[.,])[-−–]?(?:\d{1,3}(?:[,.'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?<fraction>[½¼¾⅓⅔])?)`;
const chinese = "(?<percent>百分之)?(?<hundred>[〇零一二三四五六七八九十百千万亿两]+(?:点[〇零一二三四五六七八九]+)?)";
const words = [...numberWords.keys()].sort((one, other) => other.length - one.length).join("|");
const anyQuantity = new RegExp(
  String.raw`${number}|${chinese}|(?<![\p{L}\d])(?<word>(?:${words})(?:-(?:one|${words}))?)(?![\p{L}])`,
  "giu",
);
const fractions: Record<string, number> = { "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3 };
const about =
  /(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.?|c\.|an estimated|rund|etwa|environ|unos|约|大约|大概|左右|近似)\s*$/i;
const over = /(?:over|more than|at least|exceeding|above|über|mehr als|plus de|más de|超过|逾|至少|超)\s*$/i;
const under = /(?:nearly|almost|under|less than|fewer than|up to|below|fast|knapp|weniger als|presque|casi|近|将近|不到|不足|至多)\s*$/i;
const currencyBefore = /(?:US\$|[$€£¥]|(?<!\p{L})(?:USD|EUR|GBP|CNY|RMB|CHF|JPY))\s*$/u;
const decimalComma =
  /(?<![\p{L}])(?:der|die|das|und|von|mit|für|le|les|des|une|dans|est|los|las|del|una|por|che|della|het|een|och)(?![\p{L}])/giu;
const decimalPoint = /(?<![\p{L}])(?:the|of|and|in|to|was|for|with)(?![\p{L}])/giu;

/** The numbers of a text that is no date, in order. Digits inside a name (COVID-19, GPT-4) belong to the name. */
export function quantitiesIn(text: string): Quantity[] {
  const plain = blanked(narrow(text), datesIn(text));
  const comma = (plain.match(decimalComma)?.length ?? 0) > (plain.match(decimalPoint)?.length ?? 0);
  return [...plain.matchAll(anyQuantity)].flatMap((match) => {
    const found = quantityAt(match, plain, comma);
    return found && !isPartOfName(plain, match.index) ? [found] : [];
  });
}

/** Full-width digits, signs and points as plain ones: the same length, so offsets stay. */
const narrow = (text: string) => text.replace(/[\uff04-\uff19]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
function blanked(text: string, spans: readonly Span[]): string {
  let [plain, last] = ["", 0];
  for (const { start, end } of spans) {
    plain += text.slice(last, start) + "\u0000".repeat(end - start);
    last = end;
  }
  return plain + text.slice(last);
}

/** The 19 of COVID-19; Chinese stands right beside its numbers. */
const isPartOfName = (text: string, at: number) =>
  /[[\p{L}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]][\-–]?$/v.test(text.slice(Math.max(0, at - 2), at));

function quantityAt(match: RegExpMatchArray, text: string, comma: boolean): Quantity | null {
  const { digits, fraction, hundred, percent, word } = match.groups ?? {};
  const start = match.index ?? 0;
  let end = start + match[0].length;
  let value = digits === undefined ? wordValue(hundred, word) : digitValue(digits, fraction, comma) * (isNegative(text, start) ? -1 : 1);
  if (value === null || Number.isNaN(value)) return null;
  const before = text.slice(Math.max(0, start - 24), start);
  value = inCentury(value, match[0], before);
  const currency = unitAt(currencyBefore.exec(before)?.[0] ?? "");
  const scale = hundred === undefined ? scaleAt(text.slice(end, end + 16), currency !== null) : null;
  if (scale) {
    value *= scale.by;
    end += scale.length;
  }
  const unit = percent === undefined ? (currency ?? unitAt(text.slice(end, end + 32))) : "percent";
  const precision = precisionOf(before.replace(currencyBefore, ""));
  const isLoose =
    digits === undefined &&
    percent === undefined &&
    (hundred === undefined ? word?.toLowerCase() === "second" : isLooseChinese(hundred, unit, text, start));
  return { start, end, text: text.slice(start, end).replaceAll("\u0000", ""), value, unit, precision, isLoose };
}

/** 一, 三 or 十 inside a word counts nothing; before a unit or a measure word, behind 第, or with a place it does. */
function isLooseChinese(written: string, unit: string | null, text: string, start: number): boolean {
  const after = text.slice(start + written.length, start + written.length + 1);
  if (/^[一十百千万亿]$/.test(written) && !(unit && written === "十")) return true;
  if (/[一二三四五六七八九]/.test(written) && /[十百千万亿]/.test(written)) return false;
  return !(unit !== null || text[start - 1] === "第" || /[名个条款项次岁倍章节章届位人家件种级分]/.test(after));
}

/** The second year of 2018–19. */
function inCentury(value: number, written: string, before: string): number {
  const first = Number(/(?<![\d.,])((?:1[5-9]|20)\d{2})[-–/]$/.exec(before)?.[1]);
  return /^\d{2}$/.test(written) && value > first % 100 ? first - (first % 100) + value : value;
}

const isNegative = (text: string, start: number) =>
  /^[-−–]/.test(text.slice(start)) && /(?:^|[\s(])$/.test(text.slice(Math.max(0, start - 1), start));

function digitValue(written: string, fraction: string | undefined, comma: boolean): number {
  const bare = written
    .replace(/^[-−–]/, "")
    .replace(/[½¼¾⅓⅔]/, "")
    .replace(/['’\u00a0\u202f ]/g, "");
  const [point, grouping] = comma ? [",", "."] : [".", ","];
  const groupsOnly = new RegExp(`^\\d{1,3}(?:\\${grouping}\\d{3})+(?:\\${point}\\d+)?$`).test(bare);
  const plain = groupsOnly
    ? bare.replaceAll(grouping, "").replace(point, ".")
    : bare.replace(/,(?=\d{3}(?:\D|$))/g, comma ? "." : "").replace(",", ".");
  return Number(plain) + (fraction === undefined ? 0 : (fractions[fraction] ?? 0));
}

function wordValue(hundred: string | undefined, word: string | undefined): number | null {
  if (hundred !== undefined) {
    const [whole = "", part] = hundred.split("点");
    const value = chineseNumber(whole);
    return value === null || part === undefined ? value : Number(`${value}.${[...part].map((each) => chineseNumber(each) ?? "").join("")}`);
  }
  const parts =
    word
      ?.toLowerCase()
      .split("-")
      .map((each) => (each === "one" ? 1 : numberWords.get(each))) ?? [];
  return parts.reduce<number | null>((sum, each) => (each === undefined || sum === null ? null : sum + each), 0);
}

function scaleAt(after: string, isMoney: boolean): { by: number; length: number } | null {
  const short = isMoney ? /^\s?(?<word>[mkbt])(?![\p{L}])/iu.exec(after) : null;
  if (short) return { by: { k: 1e3, m: 1e6, b: 1e9, t: 1e12 }[short.groups?.word?.toLowerCase() ?? ""] ?? 1, length: short[0].length };
  const found = /^[\s\u00a0]*(?<han>万亿|百万|千万|万|亿|千)|^[-\s\u00a0]*(?<word>[\p{L}\p{M}]+)/u.exec(after);
  const by = multipliers.get((found?.groups?.han ?? found?.groups?.word ?? "").toLowerCase());
  return found && by !== undefined ? { by, length: found[0].length } : null;
}

function precisionOf(before: string): Quantity["precision"] {
  if (about.test(before)) return "about";
  if (over.test(before)) return "over";
  return under.test(before) ? "under" : "exact";
}

/** Whether a passage that gives one number carries another one: the same, or what it is rounded to where the sentence says that it rounds. */
export function carries(known: Quantity, claimed: Quantity): boolean {
  return sameValue(known, claimed) && sameUnit(known.unit, claimed.unit);
}

export const sameUnit = (one: string | null, other: string | null) => one === null || other === null || one === other;

export function sameValue(known: Quantity, claimed: Quantity): boolean {
  const tolerance = Math.abs(claimed.value) * 1e-9;
  if (Math.abs(known.value - claimed.value) <= tolerance) return true;
  const step = roundingOf(claimed);
  switch (claimed.precision) {
    case "exact":
      return false;
    case "about":
      return Math.abs(known.value - claimed.value) <= step / 2;
    case "over":
      return known.value > claimed.value && known.value - claimed.value < step;
    case "under":
      return known.value < claimed.value && claimed.value - known.value < step;
    default:
      return claimed.precision satisfies never;
  }
}

/** The place of the last digit that is not nought: 100,000 for 2.1 million. */
function roundingOf({ value }: Quantity): number {
  let step = 1;
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return 0;
  while (Math.abs(size / (step * 10) - Math.round(size / (step * 10))) < 1e-9) step *= 10;
  while (Math.abs(size / step - Math.round(size / step)) > 1e-9 && step > 1e-6) step /= 10;
  return step;
}

export const isMoney = ({ unit }: Quantity) => unit !== null && isCurrency(unit);
