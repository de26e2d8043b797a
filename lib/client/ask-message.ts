import type { UIMessage } from "ai";
import type { ShownAnswer } from "#lib/domain/report-message.ts";

/** A message of the conversation about a report, in the form that the chat keeps: text while it is written, `data-answer` once it is stored. */
export type AskMessage = UIMessage<
  never,
  {
    /** How much evidence the answer is written from. */
    reading: { passages: number; sources: number };
    /** Nothing has come from the model for so long. */
    silent: { ms: number; waiting: number | null };
    answer: ShownAnswer;
  }
>;
