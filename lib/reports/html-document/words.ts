import type { Citation, CitationStatus } from "#lib/domain/citation.ts";

export const statusOrder: readonly CitationStatus[] = ["quoted", "supported", "weak", "unsupported", "unchecked"];

/** The word of a status. "Not checked" is never written as "verified". */
export const statusWord = (status: CitationStatus): string => (status === "unchecked" ? "not checked" : status);

const reasons: Record<CitationStatus, string> = {
  quoted: "The sentence stands word for word in the stored copy.",
  supported: "The passage says what the sentence says.",
  weak: "The passage carries the sentence only in part.",
  unsupported: "The passage does not carry the sentence.",
  unchecked: "This passage comes nearest to the sentence. Nobody has compared what the two say.",
};

/** Why a citation has its status, and who set the mark where it was not the report. */
export function reasonOf({ status, reason, origin }: Citation): string {
  const by = origin === "attributed" ? " The report set no mark here; the passage was found afterwards." : "";
  return `${reason ?? reasons[status]}${by}`;
}

const moments = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** `22 November 2026, 11:20 UTC`: a page that is the same for everybody cannot know the reader's time zone. */
export const momentWords = (at: string): string => `${moments.format(new Date(at)).replace(" at ", ", ")} UTC`;
export const dayWords = (at: string): string => days.format(new Date(at));

/** `1 source`, `1,204 sources`. */
export const count = (n: number, noun: string): string => `${n.toLocaleString("en-GB")} ${noun}${n === 1 ? "" : "s"}`;
