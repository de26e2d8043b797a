import { turnWord } from "#components/heavy/turn-word.ts";
import { synthesisLane } from "#lib/domain/heavy.ts";
import type { MessageView } from "#lib/domain/message-view.ts";
import { isReporting } from "#lib/domain/reporting-lanes.ts";
import type { RunView, StepView } from "#lib/domain/run-view.ts";
import { count } from "./count.ts";
import { laneNumberWords } from "./lane-number-words.ts";

type Run = Pick<RunView, "heavy" | "status" | "rows">;

/** Where a message that waits will be read. */
export function waitingWords({ to }: Pick<MessageView, "to">, view: Run): string {
  if (view.status === "paused") return "queued until the run resumes";
  if (view.heavy) return `queued, before the next ${turnWord(view.heavy)} of ${to === null ? "each lane" : laneNumberWords(to)}`;
  const step = view.rows.findLast((row): row is StepView => row.kind === "step" && row.lane === "main");
  return `queued, before step ${(step?.step ?? 0) + 1}`;
}

/** Where a message was read first; of a Heavy run how many lanes have read it. */
export function deliveredWords({ delivered }: Pick<MessageView, "delivered">, { heavy }: Pick<RunView, "heavy">): string {
  const [first] = delivered;
  if (!first) return "";
  const lanes = delivered.filter(({ lane }) => !isReporting(lane) && lane !== synthesisLane);
  if (isReporting(first.lane)) return "delivered to the report";
  if (lanes.length === 0) return "delivered to the synthesis";
  if (!heavy) return `delivered at step ${first.step}`;
  if (lanes.length === 1) return `delivered to ${laneNumberWords(first.lane)} at ${turnWord(heavy)} ${first.step}`;
  return `delivered to ${count(lanes.length, "lane")}`;
}

export const lostWords: Record<NonNullable<MessageView["lost"]>, string> = {
  "run-ended": "not delivered (the run ended first)",
  "lane-ended": "not delivered (the lane ended first)",
};
