import { isMostlyCjk } from "#lib/std/script.ts";
import { sentences } from "#lib/std/sentences.ts";
import { rankSentences } from "./rank-sentences.ts";

export interface QuotedExtraction {
  rational: string;
  evidence: string;
  summary: string;
}

const mostCharacters = 3_000;
const leadCharacters = 500;
/** Of a very long page only so much is split and ranked: about half a second of work. */
const readCharacters = 400_000;

/**
 * What of a page bears on a goal, without a model: its sentences verbatim, one a line, in the order of the page. The lead is always
 * there; then the sentences that share most with the goal, each with its neighbours, until the room is used.
 */
export function extractByQuoting(page: { url: string; title: string; text: string }, goal: string): QuotedExtraction {
  const text = page.text.slice(0, readCharacters);
  const units = sentences(text).map(({ start, end }) => text.slice(start, end).replace(/\s+/g, " "));
  const ranked = rankSentences(goal, [{ n: 1, url: page.url, title: page.title, text: units.join("\n") }]);
  const place = new Map(units.map((unit, index) => [unit, index]).reverse() as [string, number][]);
  const order = ranked.filter(({ score }) => score > 0).flatMap((sentence) => neighbours(place.get(sentence.text) ?? -1));
  const chosen = take(units, [...lead(units), ...order]);
  const best = ranked
    .filter(({ score }) => score > 0.1)
    .slice(0, 2)
    .map((sentence) => sentence.text);
  const rational = isMostlyCjk(goal)
    ? "与目标用词最接近的句子，按原文顺序。"
    : "The sentences that share most words with the goal, in the order of the page.";
  return { rational, evidence: chosen.join("\n"), summary: (best.length > 0 ? best : units.slice(0, 1)).join(" ") };
}

function lead(units: string[]): number[] {
  const places: number[] = [];
  let length = 0;
  for (const [index, unit] of units.entries()) {
    length += unit.length;
    if (length > leadCharacters && index > 0) break;
    places.push(index);
  }
  return places;
}

const neighbours = (place: number) => (place < 0 ? [] : [place, place + 1, place - 1]);

/** The units at the wanted places, most wanted first until the room is used, given back in page order. */
function take(units: string[], wanted: number[]): string[] {
  const chosen = new Set<number>();
  let length = 0;
  for (const place of wanted) {
    const unit = units[place];
    if (unit === undefined || chosen.has(place)) continue;
    length += unit.length + 1;
    if (length > mostCharacters && chosen.size > 0) break;
    chosen.add(place);
  }
  return [...chosen].sort((one, other) => one - other).map((place) => units[place] ?? "");
}
