"use client";

import { Clock, Pause } from "lucide-react";
import { HeavyMeters } from "#components/heavy/heavy-meters.tsx";
import { cx } from "#components/ui/cx.ts";
import { icon } from "#components/ui/icon.ts";
import type { RunStore } from "#lib/client/run-store.ts";
import { useRunPart } from "#lib/client/use-run.ts";
import { ConnectionNote } from "./connection-note.tsx";
import { MessageField } from "./messages/message-field.tsx";
import { useMessages } from "./messages/use-messages.ts";
import { WaitingMessages } from "./messages/waiting-messages.tsx";
import { PausedWords } from "./paused-words.tsx";
import { RunMeters } from "./run-meters.tsx";
import { nowWords } from "./run-words.ts";
import { Stops } from "./stops.tsx";
import { useSteering } from "./use-steering.ts";

/** State, meters, messages and the stops of a run that works or is paused: in the first server render, and there until it ends. */
export function LiveDock({ run }: { run: RunStore }) {
  const view = useRunPart(run, (whole) => whole);
  const messages = useMessages(run);
  const steering = useSteering(run, view);
  const { status } = view;
  const waiting = status === "queued" || status === "paused";
  return (
    <section
      aria-label="Run"
      className="overflow-hidden rounded-panel bg-surface ring-1 ring-line-strong focus-within:ring-[1.5px] focus-within:ring-accent"
    >
      <ConnectionNote run={run} />
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line px-3 py-2.5 max-sm:gap-x-3 max-sm:py-2">
        <span
          className={cx(
            "flex min-w-44 items-center gap-2 font-medium max-sm:min-w-0 max-sm:flex-1",
            waiting ? "text-ink-2" : "text-accent",
          )}
        >
          {status === "queued" && <Clock {...icon} />}
          {status === "paused" && <Pause {...icon} />}
          {!waiting && <span className="pulse" aria-hidden="true" />}
          {status === "paused" ? <PausedWords view={view} /> : nowWords(view)}
        </span>
        {view.startedAt !== null && (view.heavy ? <HeavyMeters view={view} /> : <RunMeters view={view} />)}
      </div>
      <WaitingMessages view={view} sent={messages.sent} />
      <MessageField messages={messages} view={view} stopping={steering.asked === "now"} />
      <Stops steering={steering} view={view} />
    </section>
  );
}
