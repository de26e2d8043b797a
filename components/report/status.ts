import type { CitationStatus } from "#lib/domain/citation.ts";

export const statusOrder: readonly CitationStatus[] = ["quoted", "supported", "weak", "unsupported", "unchecked"];

/** The word of a status. "Not checked" is never written as "verified". */
export const statusWord = (status: CitationStatus): string => (status === "unchecked" ? "not checked" : status);

/** Why a citation has its status, in a sentence. */
export function statusReason(status: CitationStatus, origin: "model" | "attributed"): string {
  const by = origin === "attributed" ? " The report set no mark here; the passage was found afterwards." : "";
  switch (status) {
    case "quoted":
      return `The sentence stands word for word in the stored copy.${by}`;
    case "supported":
      return `The passage says what the sentence says.${by}`;
    case "weak":
      return `The passage carries the sentence only in part.${by}`;
    case "unsupported":
      return `The passage does not carry the sentence.${by}`;
    case "unchecked":
      return `This passage comes nearest to the sentence. Nobody has compared what the two say.${by}`;
  }
}
