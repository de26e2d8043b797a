import type { Event } from "#lib/domain/event.ts";
import { citingOwn, hasContent, laneOutcomes } from "#lib/domain/lane-outcome.ts";

/** What the lanes came to, one after the other, for a run whose synthesis could not be written: each answer, or the last report where there is none. */
export function sideBySide(events: readonly Event[]): string {
  const lanes = laneOutcomes(events).filter(hasContent).map(citingOwn);
  return lanes.map(({ number, answer, report }) => `## Lane ${number}\n\n${demoted((answer ?? report ?? "").trim())}`).join("\n\n");
}

/** Headings of a lane stand under the lane's own. */
const demoted = (markdown: string) => markdown.replace(/^(#{1,5})(?= )/gm, "#$1");
