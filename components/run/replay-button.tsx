"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { replayRun } from "#lib/client/api.ts";
import { newKey } from "#lib/client/new-key.ts";
import { sayRefusal } from "#lib/client/say-refusal.ts";
import { announceSessionsChanged } from "#lib/client/sessions-changed.ts";

/** Asks the question of a run again, in exactly the world that it met. */
export function ReplayButton({ runId }: { runId: string }) {
  const router = useRouter();
  const key = useRef<string | null>(null); // a second try, after an answer that was lost, is the same question
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, send] = useTransition();
  const replay = () =>
    send(async () => {
      setProblem(null);
      try {
        key.current ??= newKey();
        await replayRun(runId, key.current);
        key.current = null;
        announceSessionsChanged();
        router.refresh();
      } catch (error) {
        setProblem(sayRefusal(error));
      }
    });
  return (
    <>
      <Button look="quiet" onClick={replay} disabled={sending} title="Ask again; the tools give exactly what they gave in this run">
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
