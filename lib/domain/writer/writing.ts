import type { Event } from "#lib/domain/event.ts";
import { writerLane } from "#lib/domain/reporting-lanes.ts";
import { gapsHeading, readClosing } from "./closing.ts";
import { type Outline, readOutline } from "./outline.ts";

/** How far a report is, as the log tells it. */
export interface Writing {
  outline: Outline | null;
  /** The sections that are written, by their place in the outline; null: nothing came of one, also when it was asked for again. */
  sections: readonly (string | null)[];
  /** Takeaway and gaps as they were written; null as long as they are not. */
  closing: string | null;
  /** Steps of the writer that have ended; the next one is `steps + 1`. */
  steps: number;
  /** Times that the part that is next was asked for and did not come. */
  tries: number;
}

/** What a writer does next. */
export type NextPart =
  | { kind: "outline" }
  | { kind: "section"; index: number }
  | { kind: "closing" }
  | { kind: "done"; markdown: string }
  /** Nothing usable came, also when it was asked for again. */
  | { kind: "given-up" };

/** So often a part is asked for. */
const mostTries = 2;

/** The report under way as a fold over the log of its run. `isKnown`: which passages there are. */
export function writingOf(events: Iterable<Event>, isKnown: (passage: number) => boolean): Writing {
  const writing = {
    outline: null as Outline | null,
    sections: [] as (string | null)[],
    closing: null as string | null,
    steps: 0,
    tries: 0,
  };
  const settle = (came: boolean, give: () => void) => {
    writing.tries = came ? 0 : writing.tries + 1;
    if (came) give();
  };
  for (const event of events) {
    if (event.type !== "step-ended" || event.lane !== writerLane || !event.writes) continue;
    writing.steps = event.step;
    const text = event.report?.trim() ?? "";
    switch (event.writes.kind) {
      case "outline": {
        const outline = readOutline(text, isKnown);
        settle(outline !== null, () => {
          writing.outline = outline;
        });
        break;
      }
      case "section":
        settle(text !== "", () => writing.sections.push(text));
        if (writing.tries >= mostTries) {
          writing.sections.push(null);
          writing.tries = 0;
        }
        break;
      case "closing":
        settle(readClosing(text) !== null, () => {
          writing.closing = text;
        });
        break;
      case "comparison":
        break;
      default:
        event.writes satisfies never;
    }
  }
  return writing;
}

/** A pure function of how far it is. A report half of whose sections came to nothing is none. */
export function nextPart(writing: Writing): NextPart {
  const { outline, sections, closing, tries } = writing;
  if (!outline) return tries < mostTries ? { kind: "outline" } : { kind: "given-up" };
  if (outline.form === "short") return { kind: "done", markdown: outline.text };
  if (sections.length < outline.sections.length) return { kind: "section", index: sections.length };
  if (sections.filter((text) => text !== null).length * 2 <= sections.length) return { kind: "given-up" };
  if (closing === null && tries < mostTries) return { kind: "closing" };
  return { kind: "done", markdown: assembled(writing) };
}

/** Takeaway, sections, what could not be found. Without a closing the outline's own open points stand at the end. */
function assembled({ outline, sections, closing }: Writing): string {
  if (outline?.form !== "report") return "";
  const read = closing === null ? null : readClosing(closing);
  const parts = outline.sections.flatMap(({ title, depth }, index) => {
    const text = sections[index];
    return text ? [`${"#".repeat(depth)} ${title}\n\n${withoutOwnTitle(text, title)}`] : [];
  });
  const missing = outline.sections.filter((_, index) => sections[index] === null).map(({ title }) => title);
  const open = read ? missing : [...outline.open, ...missing];
  const items = [...(read?.gaps ? [read.gaps.items] : []), ...open.map((line) => `- ${line}`)].join("\n");
  return [
    ...(read ? [read.takeaway] : []),
    ...parts,
    ...(items === "" ? [] : [`## ${read?.gaps?.heading ?? gapsHeading}\n\n${items}`]),
  ].join("\n\n");
}

/** Models repeat the title, and give their own parts titles of any depth: those stand below the section's. */
function withoutOwnTitle(text: string, title: string): string {
  const [, own = ""] = /^#{1,6}\s+(.+)\n/.exec(text) ?? [];
  const body = own !== "" && plain(own) === plain(title) ? text.slice(text.indexOf("\n") + 1).trim() : text;
  return body.replace(/^#{1,3}(?=\s)/gm, "####");
}

const plain = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
