import type { Event } from "#lib/domain/event.ts";
import { synthesisLane } from "#lib/domain/heavy.ts";
import { firstOf } from "./first-of.ts";

/** The answer that the log holds: of the only lane, or of the synthesis. A run that writes a report again has none of its own. */
export function answerIn(events: readonly Event[]): string | null {
  const { heavy: plan } = firstOf(events, "run-queued");
  const lane = plan ? synthesisLane : "main";
  const last = events.findLast((event) => event.type === "step-ended" && event.lane === lane);
  return last?.type === "step-ended" && last.move.kind === "answer" && last.move.text.trim() !== "" ? last.move.text : null;
}
