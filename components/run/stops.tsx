"use client";

import { FlagTriangleRight, Pause, Play, Square } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import type { RunView } from "#lib/domain/run-view.ts";
import type { Steering } from "./use-steering.ts";

const does = {
  pause: "Holds the run where it is, for as long as you like. What is unfinished is begun again when it resumes.",
  resume: "Goes on from where the run was paused, as soon as a place is free.",
  finish: "No new searches: one answer from what was found, then the report.",
  now: "Ends the run at once, without a report. What was read is kept.",
};

/** The ways to hold a run, or to end it before it ends itself. Escape puts the focus here; it never stops by itself. */
export function Stops({ steering, view }: { steering: Steering; view: RunView }) {
  const first = useRef<HTMLButtonElement>(null);
  const { asked, problem } = steering;
  const paused = view.status === "paused";
  const began = view.startedAt !== null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("[role=dialog],[role=menu]")) first.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3 py-2 max-sm:py-1.5">
      {paused ? (
        <Button ref={first} title={does.resume} className="max-sm:flex-1" disabled={asked !== null} onClick={steering.resume}>
          <Play {...smallIcon} />
          {asked === "resume" ? "Resuming" : "Resume"}
        </Button>
      ) : (
        <Button
          ref={first}
          title={does.pause}
          className="max-sm:flex-1"
          disabled={asked === "now" || asked === "pause"}
          onClick={steering.pause}
        >
          <Pause {...smallIcon} />
          {asked === "pause" ? "Pausing" : "Pause"}
        </Button>
      )}
      {(began || paused) && (
        <Button title={does.finish} className="max-sm:flex-1" disabled={steering.finishes || asked === "now"} onClick={steering.finish}>
          <FlagTriangleRight {...smallIcon} />
          <span>
            {steering.finishes && !paused ? "Finishing" : "Finish"}
            <span className="max-sm:sr-only"> with what we have</span>
          </span>
        </Button>
      )}
      <Button look="danger" title={does.now} className="max-sm:flex-1" disabled={asked === "now"} onClick={steering.stopNow}>
        <Square {...smallIcon} />
        {asked === "now" ? "Stopping" : began ? "Stop now" : "Cancel"}
      </Button>
      {problem ? (
        <p role="alert" className="text-unsupported">
          That was not sent. {problem}
        </p>
      ) : (
        <span className="ml-auto text-ink-3 max-sm:hidden">
          <kbd className="rounded-mark px-1 text-2xs inset-ring inset-ring-line">Esc</kbd> to choose a stop
        </span>
      )}
    </div>
  );
}
