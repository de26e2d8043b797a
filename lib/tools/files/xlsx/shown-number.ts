import type { NumberFormat } from "./number-format.ts";

const dayMs = 86_400_000;
/** 30 December 1899: Excel's day 1 is 1 January 1900, and it counts a 29 February that year did not have. */
const from1900 = Date.UTC(1899, 11, 30);
const from1904 = Date.UTC(1904, 0, 1);
/** The end of the year 9999, the last day Excel knows. */
const lastDay = 2_958_465;

/** A number as its cell shows it, as far as that carries meaning: days as dates, times, percentages; other numbers in full. */
export function shownNumber(value: string, format: NumberFormat, days: { from1904: boolean }): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  if (format === "percent") return `${plain(number * 100)}%`;
  if (format === "date" && number >= 0 && number <= lastDay) return dateText(number, days.from1904 ? from1904 : from1900);
  if (format === "time" && number >= 0 && number < 1) return timeText(number);
  if (format === "time" && number <= lastDay && number >= 1) return `${plain(number * 24)} h`;
  return plain(number);
}

/** Fifteen digits are what a sheet computes with; the rest is noise of binary fractions. */
const plain = (number: number) => String(Number(number.toPrecision(15)));

function dateText(day: number, origin: number): string {
  const time = new Date(origin + Math.round(day * 86_400) * 1_000).toISOString();
  return day % 1 === 0 ? time.slice(0, 10) : time.slice(0, 16).replace("T", " ");
}

const timeText = (share: number) => new Date(Math.round((share * dayMs) / 1_000) * 1_000).toISOString().slice(11, 19).replace(/:00$/, "");
