import type { Answer } from "#lib/agents/loop.ts";
import type { ForcedBy } from "#lib/domain/event.ts";
import type { RunStatus, Termination } from "#lib/domain/run.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import type { ModelFailure } from "#lib/model/model.ts";

export type Ending =
  | { kind: "answered"; answer: Answer }
  /** `answer`: the one that the log already holds. */
  | { kind: "stopped"; answer: string | null }
  | { kind: "no-model"; failure: ModelFailure }
  | { kind: "poisoned"; answer: string | null }
  | { kind: "crashed"; error: unknown; answer: string | null };

/** What is written when a run ends. `quotes`: there is no answer, but what was read is kept as an evidence report. */
export type RunEnd = { status: RunStatus; termination: Termination; detail?: string; limitation?: string } & (
  | { report: "answer"; answer: string }
  | { report: "quotes" | "none" }
);

const answered: Record<ForcedBy, Termination> = {
  tokens: "generate an answer as token limit reached",
  calls: "generate an answer as call limit reached",
  minutes: "generate an answer as time limit reached",
  request: "generate an answer on request",
  "no-move": "answer",
  repetition: "answer",
  "run-tokens": "generate an answer as token budget reached",
};
const unanswered: Record<ForcedBy, Termination> = {
  tokens: "format error: generate an answer as token limit reached",
  calls: "exceed available llm calls",
  minutes: "No answer found after 2h30mins",
  request: "answer not found",
  "no-move": "answer not found",
  repetition: "answer not found",
  "run-tokens": "answer not found",
};

/** How a run ends, in status, upstream's termination and words for people. */
export function endOf(ending: Ending, view: RunView): RunEnd {
  const kept = `${count(view.sources.length, "source")} and ${count(view.usage.calls, "step")} are kept.`;
  switch (ending.kind) {
    case "answered":
      return ofAnswer(ending.answer, kept);
    case "stopped":
      return { status: "stopped", termination: "stopped", ...(ending.answer === null ? { report: "none" } : standing(ending.answer)) };
    case "no-model":
      return {
        status: "failed",
        termination: "model unavailable",
        report: "quotes",
        detail: `The model could not be reached. ${ending.failure.detail}. ${kept}`,
      };
    case "poisoned":
      return {
        status: "failed",
        termination: "crashed repeatedly",
        ...standing(ending.answer),
        detail: `The worker ended three times at the same step, so the run was set aside. ${kept}`,
      };
    case "crashed":
      return {
        status: "failed",
        termination: "error",
        ...standing(ending.answer),
        detail: `Dossier failed while working on this run: ${messageOf(ending.error)}. ${kept}`,
      };
    default:
      return ending satisfies never;
  }
}

/** An answer that was given is kept, whatever came after it. */
const standing = (answer: string | null) => (answer === null ? { report: "quotes" as const } : { report: "answer" as const, answer });

/** What a report says that holds the lanes' results as they came. */
export const notBroughtTogether = "The lanes were not brought together: what each of them came to stands here one after the other.";

function ofAnswer({ text, forced, unsynthesized, why }: Answer, kept: string): RunEnd {
  if (unsynthesized !== undefined && text) {
    const limitation = `${notBroughtTogether} ${unsynthesized}`;
    return {
      status: "failed",
      termination: "model unavailable",
      report: "answer",
      answer: text,
      limitation,
      detail: `${limitation} ${kept}`,
    };
  }
  if (text !== null && text.trim() !== "") {
    return { status: "done", termination: forced ? answered[forced] : "answer", report: "answer", answer: text };
  }
  const termination = forced ? unanswered[forced] : "answer not found";
  return {
    status: "failed",
    termination,
    report: "quotes",
    detail: `${why ?? "The model gave no answer, also when it was told to."} ${kept}`,
  };
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
