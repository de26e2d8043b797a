import type { Span } from "#lib/std/span.ts";

/** What stands before and after a passage in the stored copy, to be shown dimmed around it. */
export interface PassageContext {
  before: string;
  after: string;
}

/** Two lines of a card: enough to see what a sentence goes on from. */
const most = 140;

/** A little of the text around a passage, cut between words. A dot row says that the text goes on. */
export function passageContext(text: string, { start, end }: Span): PassageContext {
  const before = oneLine(text.slice(Math.max(0, start - most), start));
  const after = oneLine(text.slice(end, end + most));
  return {
    before: start > most ? `…${before.replace(/^[^\s。，、；]*(?=[\s。，、；])/u, "")}` : before,
    after: end + most < text.length ? `${after.replace(/(?<=[\s。，、；])[^\s。，、；]*$/u, "").trimEnd()} …` : after,
  };
}

const oneLine = (text: string) => text.toWellFormed().replace(/\s+/g, " ");
