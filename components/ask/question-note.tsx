import type { QuestionDraft } from "./use-question.ts";

/** Why the question is not sent, or could not be. */
export function QuestionNote({ draft: { problem, left, text }, longest }: { draft: QuestionDraft; longest: number }) {
  const tooLong = `The question has ${text.trim().length.toLocaleString("en-GB")} characters; ${longest.toLocaleString("en-GB")} is the limit.`;
  return (
    <p id="composer-note" role="alert" className="w-full px-3.5 pb-2.5 text-unsupported empty:sr-only">
      {problem ? `${problem} The question is kept.` : left < 0 && tooLong}
    </p>
  );
}
