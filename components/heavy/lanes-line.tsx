"use client";

import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";

interface LanesLineProps {
  run: RunStore;
  folded: boolean;
  onFold: (folded: boolean) => void;
}

/** How to read the lanes; and once they are compared, the way to fold and unfold them. */
export function LanesLine({ run, folded, onFold }: LanesLineProps) {
  const keepsConversation = useRunPart(run, (view) => view.heavy?.strategy === "parallel-muse");
  const compared = useRunPart(run, (view) => view.lanes.some((lane) => lane.number === null && lane.state !== "queued"));
  if (folded && !compared) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2">
      {!folded && (
        <p className="came-and-gone min-w-0">
          Lanes do not see each other.{" "}
          {keepsConversation ? (
            "Each keeps its whole conversation; after its answer it writes how it got there."
          ) : (
            <>
              Each round rewrites the lane’s report: <ins>added</ins> and <del>removed</del> show the last round’s change.
            </>
          )}
        </p>
      )}
      {compared && (
        <Button look="quiet" className="-mx-2" aria-expanded={!folded} onClick={() => onFold(!folded)}>
          {folded ? <ChevronsUpDown {...smallIcon} /> : <ChevronsDownUp {...smallIcon} />}
          {folded ? "Show what each lane wrote" : "Fold the lanes"}
        </Button>
      )}
    </div>
  );
}
