import { datesIn, isWithin, type WrittenDate } from "./dates.ts";
import { type Finding, shown } from "./finding.ts";
import { type Quantity, quantitiesIn, sameUnit, sameValue } from "./quantities.ts";

/** The whole source with what it gives, read once for all sentences that cite it. */
export interface SourceFacts {
  text: string;
  quantities(): readonly Quantity[];
}

/** Numbers and dates of a sentence that its passage does not give. A number that stands elsewhere in the source is said to. */
export function compareFacts(claim: string, passage: string, source: SourceFacts): Finding[] {
  return [...dates(claim, passage, source.text), ...numbers(claim, passage, source)];
}

function dates(claim: string, passage: string, text: string): Finding[] {
  const known = datesIn(passage);
  return datesIn(claim).flatMap((date): Finding[] => {
    const near = known.filter((other) => isWithin(date, other));
    // A passage that gives the day leaves the year to its page.
    if (near.length > 0)
      return date.year === null || hasYear(date.year, text) ? [] : [{ reason: `The source gives no year ${date.year}.` }];
    const other = known.find((each) => sharedParts(date, each) > 1);
    if (other) return [{ reason: `The passage says ${other.text.trim()}, the sentence ${date.text.trim()}.`, isContrary: true }];
    return [{ reason: `The passage gives no date ${date.text.trim()}.` }];
  });
}

const hasYear = (year: number, text: string) =>
  new RegExp(`(?<!\\d)${year}(?!\\d)`).test(text) || datesIn(text).some((date) => date.year === year);
const sharedParts = (one: WrittenDate, other: WrittenDate) =>
  Number(one.year !== null && one.year === other.year) +
  Number(one.month === other.month) +
  Number(one.day !== null && one.day === other.day);

function numbers(claim: string, passage: string, source: SourceFacts): Finding[] {
  const known = quantitiesIn(passage);
  const dated = datesIn(passage).flatMap(({ year, month, day }) => [year, month, day]);
  return quantitiesIn(claim).flatMap((claimed): Finding[] => {
    if (claimed.isLoose) return [];
    const same = known.filter((other) => sameValue(other, claimed));
    if (same.some((other) => sameUnit(other.unit, claimed.unit))) return [];
    const [otherUnit] = same;
    if (otherUnit)
      return [{ reason: `The passage says ${inWords(otherUnit, passage)}, the sentence ${inWords(claimed, claim)}.`, isContrary: true }];
    if (dated.includes(claimed.value) && (claimed.unit === null || claimed.unit === "year")) return [];
    const elsewhere = source.quantities().some((other) => sameValue(other, claimed) && sameUnit(other.unit, claimed.unit));
    return [
      {
        reason: elsewhere
          ? `The passage does not give ${inWords(claimed, claim)}; the source gives it elsewhere.`
          : `The passage does not give ${inWords(claimed, claim)}.`,
      },
    ];
  });
}

/** A number with its unit as the text has them. */
function inWords({ start, end, unit }: Quantity, text: string): string {
  const behind = unit === null ? "" : (/^[\s-]?(?:[\p{L}]+|[%‰°€$£¥])/u.exec(text.slice(end))?.[0] ?? "");
  const before = unit === null ? "" : (/[€$£¥]$/u.exec(text.slice(0, start))?.[0] ?? "");
  return shown(`${before}${text.slice(start, end)}${before === "" ? behind : ""}`);
}
