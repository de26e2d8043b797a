"use client";

import { Library } from "lucide-react";
import { type ReactNode, useState } from "react";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { icon } from "#components/ui/icon.ts";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import { hasRunEnded, type RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { endWords } from "./run-words.ts";

interface SessionBarProps {
  title: string;
  run: RunStore;
  /** The page has no room for the sources beside the run. */
  wide: boolean;
  children: ReactNode;
}

export function SessionBar({ title, run, wide, children }: SessionBarProps) {
  const [open, setOpen] = useState(false);
  const read = useRunPart(run, (view) => view.sources.length);
  return (
    <TopBar>
      <h1 className="min-w-0 truncate text-sm font-semibold">{title}</h1>
      <StateTag run={run} />
      <span className="flex-1" />
      <Dialog
        title="Sources"
        place={wide ? "side" : "foot"}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button look="quiet" className={wide ? undefined : "lg:hidden"}>
            <Library {...icon} />
            <span className={wide ? "max-md:sr-only" : "sr-only"}>Sources</span>
            <span className="tabular-nums">
              {read}
              <span className="sr-only"> read</span>
            </span>
          </Button>
        }
      >
        {children}
      </Dialog>
    </TopBar>
  );
}

function StateTag({ run }: { run: RunStore }) {
  const view = useRunPart(run, (whole) => whole);
  if (hasRunEnded(view)) return <Tag tone={endWords(view).tone as Tone}>{endWords(view).tag}</Tag>;
  if (view.status !== "running") return <Tag>{view.status === "queued" ? "Queued" : "Paused"}</Tag>;
  return (
    <Tag tone="live">
      <span className="pulse" aria-hidden="true" />
      Running
    </Tag>
  );
}
