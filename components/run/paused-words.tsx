import { Moment } from "#components/ui/moment.tsx";
import type { RunView } from "#lib/domain/run-view.ts";
import { pausedAtStep } from "./run-words.ts";

/** Of a paused run: where and since when, and that nothing is lost. */
export function PausedWords({ view }: { view: RunView }) {
  return (
    <span>
      Paused by you{pausedAtStep(view)}
      {view.pausedAt && (
        <>
          , <Moment at={view.pausedAt} style="time" />
        </>
      )}
      .<span className="max-sm:sr-only"> Kept for as long as you like.</span>
    </span>
  );
}
