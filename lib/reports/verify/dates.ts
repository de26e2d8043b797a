import { chineseNumber } from "#lib/std/chinese-number.ts";
import type { Span } from "#lib/std/span.ts";

/** A date as far as it is written: a day without its year, a month with one. */
export interface WrittenDate extends Span {
  text: string;
  year: number | null;
  month: number;
  day: number | null;
  /** 3/4/2018: which of both is the day is not said. */
  isAmbiguous: boolean;
}

const names = `january jan januar janvier enero gennaio|february feb februar février fevrier febrero febbraio|march mar märz mars marzo|april apr avril abril aprile|may mai
mayo maggio|june jun juni juin junio giugno|july jul juli juillet julio luglio|august aug août agosto|september sep sept septembre septiembre settembre|october oct oktober okt
octobre octubre ottobre|november nov novembre noviembre|december dec dezember dez décembre diciembre dicembre`;
const monthOf = new Map(names.split("|").flatMap((words, index) => words.split(/\s+/).map((word): [string, number] => [word, index + 1])));
const month = `(?<![\\p{L}])(?:${[...monthOf.keys()].sort((one, other) => other.length - one.length).join("|")})(?![\\p{L}])\\.?`;
const day = String.raw`(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|\.)?(?!\d)`;
const year = String.raw`(?<![\d.,])(?:1\d{3}|20\d{2})(?![\d])`;
const cjk = "[〇零一二三四五六七八九十\\d]";
const patterns: RegExp[] = [
  new RegExp(String.raw`(?<day>${day})\s+(?:of\s+|de\s+)?(?<month>${month})(?:,?\s+(?:de\s+|del\s+)?(?<year>${year}))?`, "giu"),
  new RegExp(String.raw`(?<month>${month})\s+(?<day>${day})(?:(?:,\s*|\s+)(?<year>${year}))?`, "giu"),
  new RegExp(String.raw`(?<month>${month}),?\s+(?:of\s+|de\s+)?(?<year>${year})`, "giu"),
  new RegExp(String.raw`(?<year>${cjk}{2,4})\s*年\s*(?<month>${cjk}{1,3})\s*月(?:\s*(?<day>${cjk}{1,3})\s*[日号])?`, "gu"),
  new RegExp(String.raw`(?<month>${cjk}{1,3})\s*月\s*(?<day>${cjk}{1,3})\s*[日号]`, "gu"),
  /(?<![\d-])(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?![\d-])/g,
  /(?<![\d./])(?<year>\d{4})[./](?<month>\d{1,2})[./](?<day>\d{1,2})(?![\d./])/g,
  /(?<![\d./])(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?![\d./])/g,
  /(?<![\d./])(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})(?![\d./])/g,
];

/** The dates that a text names with a month, in order. A bare year is a number like any other. */
export function datesIn(text: string): WrittenDate[] {
  const found: WrittenDate[] = [];
  const taken = new Uint8Array(text.length);
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      const parts = taken.subarray(span.start, span.end).includes(1) ? null : read(match.groups ?? {});
      if (!parts) continue;
      taken.fill(1, span.start, span.end);
      const isAmbiguous = match[0].includes("/") && (parts.day ?? 13) <= 12 && parts.month <= 12;
      found.push({ ...span, ...parts, text: match[0], isAmbiguous });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

function read(groups: Record<string, string | undefined>): Pick<WrittenDate, "year" | "month" | "day"> | null {
  const written = groups.month?.toLowerCase().replace(/\.$/, "") ?? "";
  const [first, second] = [monthOf.get(written) ?? numberOf(written), groups.day === undefined ? null : numberOf(groups.day)];
  const ofYear = groups.year === undefined ? null : numberOf(groups.year);
  if (first === null || first < 1) return null;
  // 12/31/2018 is the American order.
  const [inOrder, ofMonth] = first > 12 && second !== null && second <= 12 ? [second, first] : [first, second];
  if (inOrder > 12 || (ofMonth !== null && (ofMonth < 1 || ofMonth > 31))) return null;
  return { year: ofYear, month: inOrder, day: ofMonth };
}

function numberOf(written: string): number | null {
  const digits = /^\d+/.exec(written)?.[0];
  return digits === undefined ? chineseNumber(written) : Number(digits);
}

/** Whether a date says no more than another one does, and nothing else. A year that only one of them gives is no contradiction, a day is. */
export function isWithin(claimed: WrittenDate, known: WrittenDate): boolean {
  const sameYear = claimed.year === null || known.year === null || claimed.year === known.year;
  if (!sameYear) return false;
  const straight = claimed.month === known.month && (claimed.day === null || claimed.day === known.day);
  const turned = (claimed.isAmbiguous || known.isAmbiguous) && claimed.month === known.day && claimed.day === known.month;
  return straight || turned;
}
