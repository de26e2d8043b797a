"use client";

import { modelFailureWords, retryWords } from "#components/trace/failure-words.ts";
import { silenceWords } from "#components/trace/silence-words.ts";
import { LiveDuration } from "#components/ui/live-duration.tsx";
import { useNow } from "#lib/client/clock.tsx";
import type { LaneNow } from "./lane-now.ts";

/** One line of what a lane does, and for how long. */
export function LaneLive({ now }: { now: LaneNow }) {
  if (now.silence || now.failure) return <Waiting now={now} />;
  return (
    <>
      {now.words}
      {now.since && (
        <>
          . <LiveDuration since={now.since} />
        </>
      )}
    </>
  );
}

function Waiting({ now: { silence, failure } }: { now: LaneNow }) {
  const now = useNow();
  return (
    <>
      {failure && `${modelFailureWords(failure.reason)} ${retryWords(failure, now)} `}
      {silence && silenceWords(silence, now)}
    </>
  );
}
