import type { Span } from "#lib/std/span.ts";
import { passageFinder } from "./passage-finder.ts";

/**
 * Where a quote stands in a text: to the letter, else with other white space, quotation marks, dashes, character widths, case or
 * Markdown. A quote with another word or digit is not found, nor one that begins or ends within a word or a number.
 */
export const findPassage = (text: string, quote: string): Span | null => passageFinder(text)(quote);
