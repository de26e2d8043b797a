"use client";

import { WifiOff } from "lucide-react";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import { useNow } from "#lib/client/clock.tsx";
import type { RunStore } from "#lib/client/run-store.ts";
import { useConnection } from "#lib/client/use-run.ts";

const silentMs = 10_000;

/** Says when news does not arrive, and what that means for the run. */
export function ConnectionNote({ run }: { run: RunStore }) {
  const connection = useConnection(run);
  const now = useNow();
  const last = run.lastNewsAt();
  const lastNews = last !== null && (
    <>
      {" "}
      Last news <Moment at={new Date(last).toISOString()} style="second" />.
    </>
  );
  if (connection === "live") {
    const silent = last !== null && now - last > silentMs;
    return silent ? <p className="px-3 pb-2 text-xs text-ink-3">{lastNews}</p> : null;
  }
  if (connection === "ended") return null;
  const words = {
    lost: "The connection to the server is lost. The run goes on; this page catches up by itself.",
    storage: "The database does not answer. The run waits for it and goes on by itself; nothing that was written is lost.",
    offline: "You are offline. The run goes on; this page catches up by itself.",
    gone: "This run is no longer on the server: its session was deleted.",
    out: "This browser is not let in any more. The run goes on; let the browser in again, and open this page anew.",
  }[connection];
  return (
    <p className="flex gap-2 border-b border-line bg-weak-soft px-3 py-2">
      <WifiOff {...icon} className="mt-0.5 shrink-0 text-weak" />
      <span>
        {words}
        {lastNews}
      </span>
    </p>
  );
}
