import type { Citation, CitationStatus } from "#lib/domain/citation.ts";

export const statusOrder: readonly CitationStatus[] = ["quoted", "supported", "weak", "unsupported", "unchecked"];

/** The word of a status. "Not checked" is never written as "verified". */
export const statusWord = (status: CitationStatus): string => (status === "unchecked" ? "not checked" : status);

export const isToLookAt = (status: CitationStatus) => status === "weak" || status === "unsupported" || status === "unchecked";

/** Why a citation has its status, in a sentence: what the check found, or else what the status says. */
export function statusReason({ status, origin, reason }: Pick<Citation, "status" | "origin" | "reason">): string {
  const by = origin === "attributed" ? " The report set no mark here; the passage was found afterwards." : "";
  return `${asSentence(reason || usualReason(status))}${by}`;
}

/** A model's reason may begin small and end without a full stop. */
const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?。！？”"]$/.test(text) ? "" : "."}`;

function usualReason(status: CitationStatus): string {
  switch (status) {
    case "quoted":
      return "The sentence stands word for word in the stored copy.";
    case "supported":
      return "The passage says what the sentence says.";
    case "weak":
      return "The passage carries the sentence only in part.";
    case "unsupported":
      return "The passage does not carry the sentence.";
    case "unchecked":
      return "This passage comes nearest to the sentence. Nobody has compared what the two say.";
  }
}

/** Who gave the status; null where nobody has compared anything. */
export function judgeWords({ status, judge }: Pick<Citation, "status" | "judge">, model: string | null): string | null {
  if (judge === "model") return model === null ? "judged by a model" : `judged by ${model}`;
  return judge === "text" || status === "quoted" ? "compared by text" : null;
}
