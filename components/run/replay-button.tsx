"use client";

import { RotateCcw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { replayRun } from "#lib/client/api.ts";
import { useKeyedSend } from "./use-keyed-send.ts";

/** Asks the question of a run again, in exactly the world that it met. */
export function ReplayButton({ runId }: { runId: string }) {
  const { press, sending, problem } = useKeyedSend((key) => replayRun(runId, key), { isRepeatable: true });
  return (
    <>
      <Button look="quiet" onClick={press} disabled={sending} title="Ask again; the tools give exactly what they gave in this run">
        <RotateCcw {...icon} />
        {sending ? "Sending" : "Replay"}
      </Button>
      {problem && (
        <p role="alert" className="w-full text-unsupported">
          {problem}
        </p>
      )}
    </>
  );
}
