import { datesIn, isWithin } from "./dates.ts";
import type { Finding } from "./finding.ts";
import { type Quantity, quantitiesIn, sameUnit, sameValue } from "./quantities.ts";

/** Numbers and dates of a sentence that its passage does not give. `text` is the whole source: a fact that stands elsewhere in it is said to. */
export function compareFacts(claim: string, passage: string, text: () => string): Finding[] {
  return [...dates(claim, passage), ...numbers(claim, passage, text)];
}

function dates(claim: string, passage: string): Finding[] {
  const known = datesIn(passage);
  const years = new Set(quantitiesIn(passage).map(({ value }) => value));
  return datesIn(claim).flatMap((date): Finding[] => {
    const near = known.filter((other) => isWithin(date, other));
    const hasYear =
      date.year === null ||
      near.some(({ year }) => year === date.year) ||
      known.some(({ year }) => year === date.year) ||
      years.has(date.year);
    if (near.length > 0 && hasYear) return [];
    const other = known.find(({ month, day, year }) => month === date.month || (day !== null && day === date.day) || year === date.year);
    if (near.length > 0) return [{ reason: `The passage gives the date without the year ${date.year}.` }];
    return [
      other
        ? { reason: `The passage says ${other.text.trim()}, the sentence ${date.text.trim()}.`, isContrary: true }
        : { reason: `The passage gives no date ${date.text.trim()}.` },
    ];
  });
}

function numbers(claim: string, passage: string, text: () => string): Finding[] {
  const known = quantitiesIn(passage);
  const dated = datesIn(passage).flatMap(({ year, month, day }) => [year, month, day]);
  return quantitiesIn(claim).flatMap((claimed): Finding[] => {
    if (claimed.isLoose) return [];
    const same = known.filter((other) => sameValue(other, claimed));
    if (same.some((other) => sameUnit(other.unit, claimed.unit))) return [];
    const [otherUnit] = same;
    if (otherUnit) return [{ reason: `The passage says ${inWords(otherUnit)}, the sentence ${inWords(claimed)}.`, isContrary: true }];
    if (dated.includes(claimed.value) && (claimed.unit === null || claimed.unit === "year")) return [];
    const elsewhere = quantitiesIn(text()).some((other) => sameValue(other, claimed) && sameUnit(other.unit, claimed.unit));
    return [
      {
        reason: elsewhere
          ? `The passage gives no ${inWords(claimed)}; the source gives it elsewhere.`
          : `The passage gives no ${inWords(claimed)}.`,
      },
    ];
  });
}

function inWords({ text, unit }: Quantity): string {
  if (unit === null || text.includes("百分之")) return text;
  return unit === "percent" ? `${text} %` : `${text} (${unit})`;
}
