"use client";

import { FlagTriangleRight, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import { stopRun } from "#lib/client/api.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import type { RunView } from "#lib/domain/run-view.ts";

type Asked = "now" | "finish" | null;

const askedOf = (view: RunView): Asked => {
  const stop = view.rows.findLast((row) => row.kind === "notice" && row.notice === "stop-requested");
  return stop?.kind === "notice" && stop.notice === "stop-requested" ? stop.stop : null;
};

/** The ways to end a run before it ends itself. Escape puts the focus here; it never stops by itself. */
export function Stops({ run, view }: { run: RunStore; view: RunView }) {
  const first = useRef<HTMLButtonElement>(null);
  const [sent, setSent] = useState<Asked>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = askedOf(view) ?? sent;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("[role=dialog],[role=menu]")) first.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const stop = async (kind: "now" | "finish") => {
    setSent(kind);
    setProblem(null);
    try {
      run.noteStop();
      await stopRun(run.runId, kind);
    } catch (error) {
      setSent(null);
      setProblem(sayRefusal(error));
    }
  };

  return (
    <div className="flex flex-wrap items-center gap-1.5 px-3 py-2 max-sm:py-1.5">
      {view.status !== "queued" && (
        <Button ref={first} className="max-sm:flex-1" disabled={asked !== null} onClick={() => void stop("finish")}>
          <FlagTriangleRight {...smallIcon} />
          <span>
            {asked === "finish" ? "Finishing" : "Finish"}
            <span className="max-sm:sr-only"> with what we have</span>
          </span>
        </Button>
      )}
      <Button look="danger" className="max-sm:flex-1" disabled={asked === "now"} onClick={() => void stop("now")}>
        <Square {...smallIcon} />
        {asked === "now" ? "Stopping" : view.status === "queued" ? "Cancel" : "Stop now"}
      </Button>
      {problem ? (
        <p role="alert" className="text-unsupported">
          The stop was not sent. {problem}
        </p>
      ) : (
        <span className="ml-auto text-ink-3 max-sm:hidden">
          <kbd className="rounded-mark px-1 text-2xs inset-ring inset-ring-line">Esc</kbd> to choose a stop
        </span>
      )}
    </div>
  );
}
